package io.quarkiverse.posthog.runtime.lua;

import java.util.IdentityHashMap;
import java.util.Map;

import io.quarkiverse.posthog.lua.engine.LuaState;
import io.quarkiverse.posthog.lua.engine.LuaTable;

/** Writes values readably: tables with indentation, and with square brackets if they are arrays. */
final class ValueWriter {

    private static final int MAX_DEPTH = 100;
    private static final String INDENT = "  ";

    private final LuaState state;
    private final JsonMarks marks;
    private final MemoryGrowth memory;
    private final int maxCharacters;
    private final StringBuilder text = new StringBuilder();
    private final Map<LuaTable, Boolean> path = new IdentityHashMap<>();

    /** @param maxCharacters the characters after which the rest is omitted */
    ValueWriter(LuaState state, JsonMarks marks, int maxCharacters) {
        this.state = state;
        this.marks = marks;
        this.memory = new MemoryGrowth(state);
        this.maxCharacters = maxCharacters;
    }

    /** Writes a value, and returns the Lua string with everything that was written. */
    String write(Object value) {
        append(value, "");
        return text.toString();
    }

    ValueWriter append(String luaText) {
        memory.add(luaText.length());
        text.append(luaText);
        return this;
    }

    ValueWriter append(Object value) {
        append(value, "");
        return this;
    }

    @Override
    public String toString() {
        return text.toString();
    }

    private void append(Object value, String indent) {
        if (text.length() > maxCharacters) {
            return;
        }
        if (!(value instanceof LuaTable table) || hasText(table)) {
            append(state.tostring(value));
        } else if (path.put(table, true) != null) {
            append("<circular>");
        } else {
            if (path.size() > MAX_DEPTH) {
                append("...");
            } else {
                appendTable(table, indent);
            }
            path.remove(table);
        }
    }

    private static boolean hasText(LuaTable table) {
        return table.metatable() != null && table.metatable().get("__tostring") != null;
    }

    private void appendTable(LuaTable table, String indent) {
        boolean array = marks.isArray(table) || isSequence(table);
        String inner = indent + INDENT;
        boolean empty = true;
        append(array ? "[" : "{");
        for (int position = table.next(0); position != LuaTable.END
                && text.length() <= maxCharacters; position = table.next(position)) {
            append(empty ? "\n" : ",\n").append(inner);
            if (!array) {
                append(state.tostring(table.keyAt(position))).append(": ");
            }
            append(table.valueAt(position), inner);
            empty = false;
        }
        append(empty ? "" : "\n" + indent).append(array ? "]" : "}");
    }

    private static boolean isSequence(LuaTable table) {
        if (table.length() == 0) {
            return false;
        }
        int pairs = 0;
        for (int position = table.next(0); position != LuaTable.END; position = table.next(position)) {
            pairs++;
            if (!(table.keyAt(position) instanceof Long)) {
                return false;
            }
        }
        return pairs == table.length();
    }
}
