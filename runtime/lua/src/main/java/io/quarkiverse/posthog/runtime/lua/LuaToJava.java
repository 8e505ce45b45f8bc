package io.quarkiverse.posthog.runtime.lua;

import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.quarkiverse.posthog.lua.engine.LuaState;
import io.quarkiverse.posthog.lua.engine.LuaStrings;
import io.quarkiverse.posthog.lua.engine.LuaTable;
import io.quarkiverse.posthog.lua.engine.LuaValues;

/**
 * Converts Lua values to the Java form of JSON: text, numbers, booleans, maps, lists and null. Tables become arrays or objects
 * by their keys.
 */
final class LuaToJava {

    private static final int MAX_DEPTH = 100;
    private static final int NODE_BYTES = 64;

    /** The buffer of the JSON text, and the text. */
    private static final int BYTES_PER_CHARACTER = 3;

    /** The indentation of a field in JSON with line breaks, for each table that contains it. */
    private static final int INDENT = 2;

    private static final int MAX_SHOWN = 60;

    /** A value that is not JSON. */
    static final class ConversionException extends RuntimeException {

        private static final long serialVersionUID = 1L;

        private final String place;

        ConversionException(String place, String message) {
            super(message, null, false, false);
            this.place = place;
        }

        /** The path of the value, such as {@code properties.items[2]}. */
        String place() {
            return place;
        }
    }

    private final JsonMarks marks;
    private final MemoryGrowth memory;
    private final Map<LuaTable, Boolean> path = new IdentityHashMap<>();

    LuaToJava(LuaState state, JsonMarks marks) {
        this.marks = marks;
        this.memory = new MemoryGrowth(state);
    }

    /**
     * Converts a value.
     *
     * @param place the name of the value, for errors
     * @param emptyIsList whether a table without pairs is an array
     * @throws ConversionException if the value is not JSON
     */
    Object convert(Object value, String place, boolean emptyIsList) {
        memory.add(NODE_BYTES);
        if (value instanceof String text) {
            return text(text);
        }
        if (value instanceof LuaTable table) {
            return marks.isNull(table) ? null : converted(table, place, emptyIsList);
        }
        if (value instanceof Double number && (number.isNaN() || number.isInfinite())) {
            throw new ConversionException(place, place + " is " + LuaValues.toText(value) + ", which JSON does not have");
        }
        if (value == null || value instanceof Boolean || value instanceof Number) {
            return value;
        }
        throw new ConversionException(place, place + " is a " + LuaValues.typeName(value) + ", which JSON does not have");
    }

    /** The same text can occur many times, and becomes JSON each time. */
    private String text(String lua) {
        long length = lua.length();
        for (int i = 0; i < lua.length(); i++) {
            char c = lua.charAt(i);
            length += c < ' ' ? 5 : c == '"' || c == '\\' ? 1 : 0;
        }
        memory.add(BYTES_PER_CHARACTER * length);
        return LuaStrings.toJava(lua);
    }

    private Object converted(LuaTable table, String place, boolean emptyIsList) {
        if (path.put(table, true) != null) {
            throw new ConversionException(place, place + " contains itself");
        }
        if (path.size() > MAX_DEPTH) {
            throw new ConversionException(place, "the value is nested in more than " + MAX_DEPTH + " tables");
        }
        try {
            return isList(table, place, emptyIsList) ? list(table, place) : map(table, place);
        } finally {
            path.remove(table);
        }
    }

    private boolean isList(LuaTable table, String place, boolean emptyIsList) {
        Object textKey = null;
        Object numberKey = null;
        long numbers = 0;
        boolean sequence = true;
        for (int position = table.next(0); position != LuaTable.END; position = table.next(position)) {
            Object key = table.keyAt(position);
            if (key instanceof String) {
                textKey = textKey == null ? key : textKey;
            } else if (key instanceof Number) {
                numbers++;
                if (!(key instanceof Long index && index >= 1 && index <= table.length())) {
                    sequence = false;
                    numberKey = key;
                }
            } else {
                throw new ConversionException(place, place + " has a key that is a " + LuaValues.typeName(key)
                        + "; keys of objects are text");
            }
        }
        if (numbers > 0 && textKey != null) {
            throw new ConversionException(place, place + " has both list elements and the field " + shown(textKey)
                    + "; JSON has either arrays or objects");
        }
        if (textKey != null) {
            if (marks.isArray(table)) {
                throw new ConversionException(place, place + " is an array, but has the field " + shown(textKey));
            }
            return false;
        }
        if (numbers > 0 && (!sequence || numbers != table.length())) {
            throw new ConversionException(place, place + " is a list with gaps: it has "
                    + (numberKey == null ? "nil between its elements" : "the key " + shown(numberKey))
                    + "; use json.null for null, or text keys for an object");
        }
        return numbers > 0 || marks.isArray(table) || emptyIsList;
    }

    private List<Object> list(LuaTable table, String place) {
        List<Object> list = new ArrayList<>();
        for (long i = 1; i <= table.length(); i++) {
            list.add(convert(table.get(i), place + "[" + i + "]", false));
        }
        return list;
    }

    private Map<String, Object> map(LuaTable table, String place) {
        Map<String, Object> map = new LinkedHashMap<>();
        for (int position = table.next(0); position != LuaTable.END; position = table.next(position)) {
            memory.add((long) BYTES_PER_CHARACTER * INDENT * path.size());
            String key = text((String) table.keyAt(position));
            map.put(key, convert(table.valueAt(position), place + "." + key, false));
        }
        return map;
    }

    private static String shown(Object key) {
        String text = LuaStrings.toJava(LuaValues.toText(key));
        return text.length() <= MAX_SHOWN ? text : text.substring(0, MAX_SHOWN) + "...";
    }
}
