package io.quarkiverse.posthog.runtime.functions.arguments;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.TreeMap;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * A position in a list. Its text form is opaque for callers.
 *
 * @param position the position, in the form of the function
 */
public record Cursor(Scope scope, ObjectNode position) {

    /**
     * The list that a cursor continues.
     *
     * @param filters the arguments that select and order the rows
     */
    public record Scope(String function, String account, Map<String, Object> filters) {

        public Scope {
            filters = new TreeMap<>(filters);
        }
    }

    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final TypeReference<Map<String, Object>> FILTERS = new TypeReference<>() {
    };

    static final int MAX_LENGTH = 10_000;

    public String encode() {
        ObjectNode json = MAPPER.createObjectNode().put("f", scope.function()).put("a", scope.account());
        json.set("q", MAPPER.valueToTree(scope.filters()));
        json.set("p", position);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(json.toString().getBytes(StandardCharsets.UTF_8));
    }

    /** @throws IllegalArgumentException if the text is not a cursor */
    public static Cursor decode(String text) {
        try {
            if (text.length() <= MAX_LENGTH) {
                JsonNode json = MAPPER.readTree(Base64.getUrlDecoder().decode(text));
                if (json.path("p") instanceof ObjectNode position && json.path("q").isObject()) {
                    return new Cursor(new Scope(json.path("f").asText(), json.path("a").asText(),
                            MAPPER.convertValue(json.get("q"), FILTERS)), position);
                }
            }
        } catch (IOException e) {
            throw new IllegalArgumentException("not JSON", e);
        }
        throw new IllegalArgumentException("not a cursor");
    }
}
