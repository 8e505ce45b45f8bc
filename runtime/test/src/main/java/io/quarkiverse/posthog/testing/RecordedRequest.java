package io.quarkiverse.posthog.testing;

import java.util.Collections;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * A request that the emulator received.
 *
 * @param method the method, such as {@code POST}
 * @param path the path, such as {@code /batch/}
 * @param query the query string; empty if there is none
 * @param headers the headers, by their names in lower case; keys are truncated
 * @param body the uncompressed body as text, which may be truncated
 * @param status the status of the response; empty if the connection was dropped, or before the response
 */
public record RecordedRequest(String method, String path, Optional<String> query, Map<String, String> headers,
        String body, Optional<Integer> status) {

    public RecordedRequest {
        headers = Collections.unmodifiableMap(new TreeMap<>(headers));
    }

    static RecordedRequest of(JsonNode json) {
        Map<String, String> headers = new TreeMap<>();
        json.path("headers").properties().forEach(header -> headers.put(header.getKey(), header.getValue().asText()));
        return new RecordedRequest(json.path("method").asText(), json.path("path").asText(),
                Optional.ofNullable(json.path("query").textValue()), headers, json.path("body").asText(),
                json.path("status").isInt() ? Optional.of(json.path("status").intValue()) : Optional.empty());
    }

    /** Returns the value of a header; its name is case-insensitive. */
    public Optional<String> header(String name) {
        return Optional.ofNullable(headers.get(name.toLowerCase(Locale.ROOT)));
    }

    @Override
    public String toString() {
        return method + " " + path + query.map(it -> "?" + it).orElse("") + " -> "
                + status.map(String::valueOf).orElse("no response");
    }
}
