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

/** Values as they are sent, and whether two of them are the same there. */
public final class JsonValues {

    private static final ObjectMapper MAPPER = new ObjectMapper().findAndRegisterModules()
            .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
            // An amount of 49.99 stays 49.99
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS);

    private static final TypeReference<Map<String, Object>> MAP = new TypeReference<>() {
    };

    private JsonValues() {
    }

    /** Text of a user may be no JSON. @throws IllegalArgumentException saying why */
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
            // What is no JSON does not come from an emulator
            return MAPPER.createObjectNode();
        }
    }

    static byte[] bytes(Object value) throws JsonProcessingException {
        return MAPPER.writeValueAsBytes(value);
    }

    public static Map<String, Object> map(JsonNode object) {
        return MAPPER.convertValue(object, MAP);
    }

    /** How a value looks in a message. */
    public static String text(Object value) {
        try {
            return MAPPER.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            return String.valueOf(value);
        }
    }

    /** Whether values are the same when they are sent: 1, 1L and 1.0 are, and an {@code Instant} and its text. */
    public static boolean same(Object one, Object other) {
        return same(tree(one), tree(other));
    }

    private static JsonNode tree(Object value) {
        try {
            // Through text: a float is its own digits there
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
