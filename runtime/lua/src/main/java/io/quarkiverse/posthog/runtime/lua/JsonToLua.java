package io.quarkiverse.posthog.runtime.lua;

import java.io.IOException;
import java.util.Map;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.JsonNode;

import io.quarkiverse.posthog.lua.engine.LuaState;
import io.quarkiverse.posthog.lua.engine.LuaStrings;
import io.quarkiverse.posthog.lua.engine.LuaTable;

/**
 * Converts JSON to Lua values. Tables are connected to their parents before they are filled, so that their memory counts from
 * the beginning.
 */
final class JsonToLua {

    private static final int MAX_DEPTH = 200;

    /** The names of one script are not cached for others. */
    private static final JsonFactory FACTORY = JsonFactory.builder()
            .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
            .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
            .streamReadConstraints(StreamReadConstraints.builder().maxNestingDepth(MAX_DEPTH).build()).build();

    private final LuaState state;
    private final JsonMarks marks;

    JsonToLua(LuaState state, JsonMarks marks) {
        this.state = state;
        this.marks = marks;
    }

    /** Converts a result of PostHog. Null is nil. */
    Object convert(JsonNode node) {
        LuaTable root = state.newTable();
        state.keep(root);
        put(root, 1, null, node);
        return root.get(1);
    }

    private void put(LuaTable parent, long index, String name, JsonNode node) {
        if (node.isObject()) {
            LuaTable table = attached(parent, index, name);
            for (Map.Entry<String, JsonNode> field : node.properties()) {
                String key = text(field.getKey());
                put(table, 0, key, field.getValue());
                marks.markObject(table, key);
            }
        } else if (node.isArray()) {
            LuaTable table = attached(parent, index, name);
            marks.markArray(table);
            table.reserve(node.size(), 0);
            long i = 0;
            for (JsonNode element : node) {
                i++;
                if (element.isNull()) {
                    table.set(i, marks.nullValue());
                } else {
                    put(table, i, null, element);
                }
            }
        } else {
            set(parent, index, name, scalar(node));
        }
    }

    private Object scalar(JsonNode node) {
        if (node.isTextual()) {
            return text(node.textValue());
        }
        if (node.isBoolean()) {
            return node.booleanValue();
        }
        if (node.isNumber()) {
            return node.isIntegralNumber() && node.canConvertToLong() ? (Object) node.longValue() : (Object) node.doubleValue();
        }
        return null;
    }

    /**
     * Converts JSON text.
     *
     * @throws IOException if the text is not JSON
     */
    Object parse(String luaText) throws IOException {
        state.allocate(luaText.length() + 64L);
        LuaTable root = state.newTable();
        state.keep(root);
        try (JsonParser parser = FACTORY.createParser(LuaStrings.toBytes(luaText))) {
            JsonToken first = parser.nextToken();
            if (first == null) {
                throw new IOException("the text is empty");
            }
            if (first == JsonToken.VALUE_NULL) {
                root.set(1, marks.nullValue());
            } else {
                put(root, 1, null, parser, first);
            }
            if (parser.nextToken() != null) {
                throw new IOException("there is more text after the value");
            }
        }
        return root.get(1);
    }

    private void put(LuaTable parent, long index, String name, JsonParser parser, JsonToken token) throws IOException {
        state.steps(1);
        switch (token) {
            case START_OBJECT -> {
                LuaTable table = attached(parent, index, name);
                while (parser.nextToken() != JsonToken.END_OBJECT) {
                    String key = text(parser.currentName());
                    put(table, 0, key, parser, parser.nextToken());
                    marks.markObject(table, key);
                }
            }
            case START_ARRAY -> {
                LuaTable table = attached(parent, index, name);
                marks.markArray(table);
                long i = 0;
                for (JsonToken next = parser.nextToken(); next != JsonToken.END_ARRAY; next = parser.nextToken()) {
                    i++;
                    if (next == JsonToken.VALUE_NULL) {
                        table.set(i, marks.nullValue());
                    } else {
                        put(table, i, null, parser, next);
                    }
                }
            }
            case VALUE_STRING -> set(parent, index, name, text(parser.getText()));
            case VALUE_NUMBER_INT -> set(parent, index, name, integer(parser));
            case VALUE_NUMBER_FLOAT -> set(parent, index, name, parser.getDoubleValue());
            case VALUE_TRUE, VALUE_FALSE -> set(parent, index, name, token == JsonToken.VALUE_TRUE);
            case VALUE_NULL -> {
                // Absent
            }
            default -> throw new IOException("unexpected token " + token);
        }
    }

    private static Object integer(JsonParser parser) throws IOException {
        return parser.getNumberType() == JsonParser.NumberType.BIG_INTEGER ? (Object) Double.parseDouble(parser.getText())
                : (Object) parser.getLongValue();
    }

    private LuaTable attached(LuaTable parent, long index, String name) {
        LuaTable table = state.newTable();
        set(parent, index, name, table);
        return table;
    }

    private static void set(LuaTable parent, long index, String name, Object value) {
        if (name == null) {
            parent.set(index, value);
        } else {
            parent.set(name, value);
        }
    }

    private String text(String java) {
        state.allocate(java.length() + 64L);
        state.steps(1 + java.length() / 64);
        return LuaStrings.fromJava(java);
    }
}
