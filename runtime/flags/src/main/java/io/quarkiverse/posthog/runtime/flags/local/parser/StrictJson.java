package io.quarkiverse.posthog.runtime.flags.local.parser;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

/** Reads the fields of definitions. A missing field is {@code null}, and a field of the wrong type is an error. */
final class StrictJson {

    /** A malformed part of a definition, which affects only its flag. */
    static final class Malformed extends RuntimeException {

        private static final long serialVersionUID = 1L;

        Malformed(String message) {
            super(message, null, false, false);
        }
    }

    /** A large value, because the nesting of one cohort must not affect all flags. */
    private static final int MAX_NESTING = 100_000;

    private StrictJson() {
    }

    /** @throws IOException if the bytes are not JSON, or if anything follows the JSON */
    static JsonNode read(byte[] json) throws IOException {
        ObjectMapper mapper = ForeignJson.mapperForAnyLength(MAX_NESTING);
        try (JsonParser parser = new LongNumberParser(mapper.createParser(json))) {
            JsonNode tree = mapper.readTree(parser);
            if (parser.nextToken() != null) {
                throw new JsonParseException(parser, "Unexpected content after the end of the JSON");
            }
            return tree;
        }
    }

    /** @return {@code null} if the field is missing or null */
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

    /** @return an empty list if the field is missing */
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

    /** @throws Malformed if the value is missing */
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
