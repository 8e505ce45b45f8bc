package io.quarkiverse.posthog.test.mcp;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

import org.eclipse.microprofile.config.ConfigProvider;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

/** The emulator of an account, by its control API. */
record Emulator(String hostProperty) {

    private static final HttpClient HTTP = HttpClient.newHttpClient();

    static Emulator ofDefaultAccount() {
        return new Emulator("quarkus.posthog.host");
    }

    static Emulator of(String account) {
        return new Emulator("quarkus.posthog.\"" + account + "\".host");
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

    /** The keys of the project. */
    List<String> keys() {
        JsonObject status = new JsonObject(send("GET", "", ""));
        List<String> keys = new ArrayList<>(status.getJsonArray("personalApiKeys").stream().map(String.class::cast).toList());
        keys.add(status.getString("featureFlagsSecureApiKey"));
        keys.add(status.getString("projectApiKey"));
        return keys;
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
