package io.quarkiverse.posthog.lua.engine;

import io.quarkiverse.posthog.lua.engine.interpreter.Numbers;

/** Facts about Lua values: null, Boolean, Long, Double, String, {@link LuaTable} and {@link LuaFunction}. */
public final class LuaValues {

    private LuaValues() {
    }

    /** Returns the name of the type, as the function {@code type} does. */
    public static String typeName(Object value) {
        if (value == null) {
            return "nil";
        }
        if (value instanceof String) {
            return "string";
        }
        if (value instanceof Long || value instanceof Double) {
            return "number";
        }
        if (value instanceof LuaTable) {
            return "table";
        }
        if (value instanceof LuaFunction) {
            return "function";
        }
        return value instanceof Boolean ? "boolean" : "userdata";
    }

    /** Returns the text of a value without metamethods. Tables and functions have no text but an address. */
    public static String toText(Object value) {
        if (value instanceof String string) {
            return string;
        }
        if (value instanceof Long || value instanceof Boolean) {
            return value.toString();
        }
        if (value instanceof Double number) {
            return Numbers.format(number);
        }
        if (value == null) {
            return "nil";
        }
        return typeName(value) + ": " + String.format("0x%08x", System.identityHashCode(value));
    }

    /** Returns whether a value is true in a condition: all values but nil and false. */
    public static boolean isTrue(Object value) {
        return value != null && value != Boolean.FALSE;
    }
}
