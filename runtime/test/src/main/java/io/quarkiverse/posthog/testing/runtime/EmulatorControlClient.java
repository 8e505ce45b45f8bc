package io.quarkiverse.posthog.testing.runtime;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.net.URL;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;

import com.fasterxml.jackson.databind.JsonNode;

/** A client of the control API of an emulator. */
public final class EmulatorControlClient {

    private static final int TIMEOUT = (int) Duration.ofSeconds(10).toMillis();
    private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]");
    private static final int BAD_REQUEST = 400;

    private final URI host;

    EmulatorControlClient(URI host) {
        this.host = host;
    }

    /**
     * Returns whether the host is an emulator. Emulators only listen on the loopback interface, so no requests are sent to
     * other hosts.
     */
    static boolean isAt(URI host) {
        if (!LOOPBACK.contains(host.getHost())) {
            return false;
        }
        try {
            return new EmulatorControlClient(host).status().has("seeded");
        } catch (IllegalStateException e) {
            return false;
        }
    }

    private JsonNode status() {
        return call("GET", "", null);
    }

    /** Returns the received events, in the order in which they arrived. */
    public JsonNode arrivedEvents() {
        return call("GET", "/events?arrived=true", null);
    }

    public void forgetArrivedEvents() {
        call("DELETE", "/events", null);
    }

    public void store(Collection<Map<String, Object>> events) {
        call("POST", "/events", events);
    }

    public JsonNode persons() {
        return call("GET", "/persons", null);
    }

    public JsonNode persons(String distinctId) {
        return call("GET", "/persons?distinct_id=" + encode(distinctId), null);
    }

    public void storePerson(Map<String, Object> person) {
        call("POST", "/persons", Set.of(person));
    }

    /** Returns the properties of all groups, by type and key. */
    public JsonNode groups() {
        return call("GET", "/groups", null);
    }

    public JsonNode requests(String path) {
        return call("GET", "/requests?path=" + encode(path), null);
    }

    public void forgetRequests() {
        call("DELETE", "/requests", null);
    }

    public JsonNode flags() {
        return call("GET", "/flags", null);
    }

    public void setFlag(String key, Map<String, Object> value) {
        call("PUT", "/flags/" + encode(key), value);
    }

    public void unsetFlag(String key) {
        call("DELETE", "/flags/" + encode(key), null);
    }

    public void unsetFlags() {
        call("DELETE", "/flags", null);
    }

    public void addFault(Map<String, Object> fault) {
        call("POST", "/faults", fault);
    }

    public void removeFaults() {
        call("DELETE", "/faults", null);
    }

    /** Returns the keys of the flags that are set to fail. */
    public List<String> failingFlags() {
        return call("GET", "/settings", null).at("/flags/failing").valueStream().map(JsonNode::asText).toList();
    }

    public void settings(Map<String, Object> settings) {
        call("PUT", "/settings", settings);
    }

    /** Removes faults, flag values and settings. Returns whether flags had values. */
    public boolean undo() {
        return !call("POST", "/undo", null).path("flags").isEmpty();
    }

    /** Restores the initial state. */
    public void reset() {
        call("POST", "/reset?seed=" + status().path("seeded").booleanValue(), null);
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private JsonNode call(String method, String path, Object body) {
        try {
            URL url = host.resolve("/_emulator" + path).toURL();
            HttpURLConnection connection = (HttpURLConnection) url.openConnection();
            connection.setRequestMethod(method);
            connection.setConnectTimeout(TIMEOUT);
            connection.setReadTimeout(TIMEOUT);
            if (body != null) {
                connection.setDoOutput(true);
                connection.setRequestProperty("Content-Type", "application/json");
                try (OutputStream out = connection.getOutputStream()) {
                    out.write(JsonValues.bytes(body));
                }
            }
            return response(connection);
        } catch (IOException e) {
            throw new IllegalStateException("The PostHog emulator at " + host + " does not respond: " + e, e);
        }
    }

    private JsonNode response(HttpURLConnection connection) throws IOException {
        int status = connection.getResponseCode();
        try (InputStream in = status < BAD_REQUEST ? connection.getInputStream() : connection.getErrorStream()) {
            JsonNode json = JsonValues.read(in == null ? new byte[0] : in.readAllBytes());
            if (status == BAD_REQUEST && json.has("error")) {
                throw new IllegalArgumentException(
                        "The PostHog emulator at " + host + ": " + json.get("error").asText());
            }
            if (status >= BAD_REQUEST) {
                throw new IllegalStateException(
                        "The server at " + host + " is not a PostHog emulator: it responded with status " + status);
            }
            return json;
        }
    }
}
