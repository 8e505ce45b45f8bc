package io.quarkiverse.posthog.test.mcp;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.stream.Collectors;

import org.eclipse.microprofile.config.ConfigProvider;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

/** The emulator of an account, by its control API. */
record Emulator(String host) {

    private static final HttpClient HTTP = HttpClient.newHttpClient();

    static Emulator ofDefaultAccount() {
        return new Emulator(ConfigProvider.getConfig().getValue("quarkus.posthog.host", String.class));
    }

    static Emulator of(String account) {
        return new Emulator(ConfigProvider.getConfig().getValue("quarkus.posthog.\"" + account + "\".host", String.class));
    }

    void reset() {
        send("POST", "/reset?seed=true", "");
    }

    void clear() {
        send("POST", "/reset", "");
    }

    void addEvents(List<JsonObject> events) {
        send("POST", "/events", new JsonArray(events).encode());
    }

    void addFault(JsonObject fault) {
        send("POST", "/faults", fault.encode());
    }

    /** The requests to the API whose path begins with the given text. */
    List<JsonObject> requests(String path) {
        return new JsonArray(send("GET", "/requests?path=" + path, "")).stream().map(JsonObject.class::cast)
                .collect(Collectors.toList());
    }

    void forgetRequests() {
        send("DELETE", "/requests", "");
    }

    private String send(String method, String path, String body) {
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
