package io.quarkiverse.posthog.runtime.flags.local.parser;

import java.util.ArrayList;
import java.util.List;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

/** Reads definitions strictly: what is not there is null, what is of the wrong type an error. */
final class Json {

    /** Something that is not as it should be; it costs no more than the flag it belongs to. */
    static final class Malformed extends RuntimeException {

        private static final long serialVersionUID = 1L;

        Malformed(String message) {
            super(message, null, false, false);
        }
    }

    /** One cohort with absurd nesting must not cost all flags. */
    private static final int MAX_NESTING = 100_000;

    private Json() {
    }

    static ObjectMapper mapper() {
        return ForeignJson.mapper(MAX_NESTING);
    }

    /** @return null where there is nothing */
    static JsonNode get(JsonNode object, String field) {
        JsonNode node = object.get(field);
        return node == null || node.isNull() ? null : node;
    }

    static JsonNode object(JsonNode parent, String field) {
        JsonNode node = get(parent, field);
        if (node != null && !node.isObject()) {
            throw wrong(field, "an object");
        }
        return node;
    }

    /** @return no elements where there is nothing */
    static List<JsonNode> array(JsonNode parent, String field) {
        JsonNode node = get(parent, field);
        if (node != null && !node.isArray()) {
            throw wrong(field, "an array");
        }
        List<JsonNode> elements = new ArrayList<>();
        if (node != null) {
            node.forEach(elements::add);
        }
        return elements;
    }

    static String text(JsonNode parent, String field) {
        JsonNode node = get(parent, field);
        if (node != null && !node.isTextual()) {
            throw wrong(field, "text");
        }
        return node == null ? null : node.textValue();
    }

    static Double number(JsonNode parent, String field) {
        JsonNode node = get(parent, field);
        if (node != null && !node.isNumber()) {
            throw wrong(field, "a number");
        }
        return node == null ? null : (Double) node.doubleValue();
    }

    static Integer integer(JsonNode parent, String field) {
        JsonNode node = get(parent, field);
        if (node != null && !(node.isIntegralNumber() && node.canConvertToInt())) {
            throw wrong(field, "an integer");
        }
        return node == null ? null : (Integer) node.intValue();
    }

    static Boolean bool(JsonNode parent, String field) {
        JsonNode node = get(parent, field);
        if (node != null && !node.isBoolean()) {
            throw wrong(field, "a boolean");
        }
        return node == null ? null : (Boolean) node.booleanValue();
    }

    static boolean isTrue(JsonNode parent, String field) {
        return Boolean.TRUE.equals(bool(parent, field));
    }

    /** For what must be there. */
    static <T> T required(T value, String field) {
        if (value == null) {
            throw new Malformed("'" + field + "' is missing");
        }
        return value;
    }

    private static Malformed wrong(String field, String expected) {
        return new Malformed("'" + field + "' is not " + expected);
    }
}
