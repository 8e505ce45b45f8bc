package io.quarkiverse.posthog.testing.runtime;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** Converts values to and from JSON, and compares them as JSON. */
public final class JsonValues {

    private static final ObjectMapper MAPPER = new ObjectMapper().findAndRegisterModules()
            .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
            // Preserves decimal numbers such as 49.99 exactly
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS);

    private static final TypeReference<Map<String, Object>> MAP = new TypeReference<>() {
    };

    private JsonValues() {
    }

    /**
     * Parses the text of a user.
     *
     * @throws IllegalArgumentException if it is not JSON, with the reason
     */
    public static Object parsed(String json) {
        try {
            return MAPPER.readValue(json, Object.class);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(e.getOriginalMessage(), e);
        }
    }

    static JsonNode read(byte[] json) throws IOException {
        try {
            return MAPPER.readTree(json);
        } catch (JsonProcessingException e) {
            // Not JSON, and therefore not from an emulator
            return MAPPER.createObjectNode();
        }
    }

    static byte[] bytes(Object value) throws JsonProcessingException {
        return MAPPER.writeValueAsBytes(value);
    }

    public static Map<String, Object> map(JsonNode object) {
        return MAPPER.convertValue(object, MAP);
    }

    /** Returns a value as text for messages. */
    public static String text(Object value) {
        try {
            return MAPPER.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            return String.valueOf(value);
        }
    }

    /** Returns whether two values are equal as JSON, such as 1, 1L and 1.0, or an {@code Instant} and its text. */
    public static boolean same(Object one, Object other) {
        return same(tree(one), tree(other));
    }

    private static JsonNode tree(Object value) {
        try {
            // Converts to text first, which preserves the digits of a float
            return MAPPER.readTree(bytes(value));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean same(JsonNode one, JsonNode other) {
        if (one.isNumber() && other.isNumber()) {
            return one.decimalValue().compareTo(other.decimalValue()) == 0;
        }
        if (one instanceof ArrayNode && other instanceof ArrayNode) {
            return one.size() == other.size() && sameElements(one, other);
        }
        if (one instanceof ObjectNode && other instanceof ObjectNode) {
            return one.size() == other.size() && one.properties().stream()
                    .allMatch(field -> same(field.getValue(), other.path(field.getKey())));
        }
        return one.equals(other);
    }

    private static boolean sameElements(JsonNode one, JsonNode other) {
        for (int i = 0; i < one.size(); i++) {
            if (!same(one.get(i), other.get(i))) {
                return false;
            }
        }
        return true;
    }
}
