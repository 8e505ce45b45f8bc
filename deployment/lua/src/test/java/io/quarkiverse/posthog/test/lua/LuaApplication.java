package io.quarkiverse.posthog.test.lua;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;

import org.eclipse.microprofile.config.ConfigProvider;

import io.quarkiverse.posthog.lua.PostHogScripts;
import io.quarkiverse.posthog.lua.ScriptOptions;
import io.quarkiverse.posthog.lua.ScriptResult;
import io.quarkus.test.QuarkusUnitTest;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

/** Applications that run scripts, with two accounts that use the emulator. */
final class LuaApplication {

    static final Duration TIMEOUT = Duration.ofSeconds(60);

    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private LuaApplication() {
    }

    /** An application whose scripts can change data. */
    static QuarkusUnitTest permissive(Class<?>... classes) {
        return enabled(classes).overrideRuntimeConfigKey("quarkus.posthog.lua.write", "allow");
    }

    static QuarkusUnitTest enabled(Class<?>... classes) {
        return new QuarkusUnitTest()
                .withApplicationRoot(jar -> jar.addClasses(LuaApplication.class).addClasses(classes))
                .overrideConfigKey("quarkus.posthog.project-id", "1")
                .overrideConfigKey("quarkus.posthog.\"work\".project-id", "2")
                .overrideConfigKey("quarkus.posthog.lua.enabled", "true");
    }

    static ScriptResult run(PostHogScripts scripts, String source) {
        return scripts.run(source).await().atMost(TIMEOUT);
    }

    static ScriptResult run(PostHogScripts scripts, String source, ScriptOptions options) {
        return scripts.run(source, options).await().atMost(TIMEOUT);
    }

    /** Runs a script that must succeed, and returns its output. */
    static String output(PostHogScripts scripts, String source) {
        ScriptResult result = run(scripts, source);
        assertThat(result.error()).as(result.output()).isNull();
        return result.output();
    }

    /** Restores the demo shop of both accounts. */
    static void reset() {
        for (String host : List.of("quarkus.posthog.host", "quarkus.posthog.\"work\".host")) {
            emulator(host, "POST", "/reset?seed=true", "");
        }
    }

    /** Deletes the data of the default account. */
    static void clear() {
        emulator("quarkus.posthog.host", "POST", "/reset", "");
    }

    static void addEvents(JsonArray events) {
        emulator("quarkus.posthog.host", "POST", "/events", events.encode());
    }

    static void addFault(JsonObject fault) {
        emulator("quarkus.posthog.host", "POST", "/faults", fault.encode());
    }

    /** The requests of the default account whose path begins with the given text. */
    static List<JsonObject> requests(String path) {
        return new JsonArray(emulator("quarkus.posthog.host", "GET", "/requests?path=" + path, "")).stream()
                .map(JsonObject.class::cast).toList();
    }

    /** The requests of the default account that change data. */
    static List<JsonObject> writes() {
        return requests("/").stream().filter(request -> !request.getString("method").equals("GET")
                && !request.getString("path").contains("/query")).toList();
    }

    private static String emulator(String hostProperty, String method, String path, String body) {
        String host = ConfigProvider.getConfig().getValue(hostProperty, String.class);
        try {
            var response = HTTP.send(HttpRequest.newBuilder(URI.create(host + "/_emulator" + path))
                    .method(method, BodyPublishers.ofString(body)).header("Content-Type", "application/json").build(),
                    BodyHandlers.ofString());
            if (response.statusCode() != 200) {
                throw new IllegalStateException(response.statusCode() + ": " + response.body());
            }
            return response.body();
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
