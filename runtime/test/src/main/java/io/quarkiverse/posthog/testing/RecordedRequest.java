package io.quarkiverse.posthog.testing;

import java.util.Collections;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * A request that PostHog got.
 *
 * @param method such as {@code POST}
 * @param path such as {@code /batch/}
 * @param query what follows the path after the question mark; empty for nothing
 * @param headers by their names in lower case; of keys there is only the beginning
 * @param body the unpacked body as text, of a very long one the beginning
 * @param status what was answered; empty when the connection was dropped, or there is no answer yet
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

    /** The value of a header, whatever the case of its name. */
    public Optional<String> header(String name) {
        return Optional.ofNullable(headers.get(name.toLowerCase(Locale.ROOT)));
    }

    @Override
    public String toString() {
        return method + " " + path + query.map(it -> "?" + it).orElse("") + " -> "
                + status.map(String::valueOf).orElse("no answer");
    }
}
