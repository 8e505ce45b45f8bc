package io.quarkiverse.posthog.lua.engine;

import java.util.Arrays;

import io.quarkiverse.posthog.lua.engine.interpreter.Numbers;

/**
 * The arguments of a function that is written in Java, numbered from 1. The methods for a type convert between numbers and
 * strings as
 * Lua does, and throw an error such as {@code bad argument #1 to 'insert' (table expected, got nil)}.
 */
public final class LuaArguments {

    private final LuaState state;
    private final String function;
    private final Object[] values;

    /** Creates arguments of a function, whose name is for error messages. */
    public LuaArguments(LuaState state, String function, Object[] values) {
        this.state = state;
        this.function = function;
        this.values = values;
    }

    /** Returns the number of arguments. */
    public int count() {
        return values.length;
    }

    /** Returns an argument, or null if it is nil or missing. */
    public Object get(int number) {
        return number <= values.length ? values[number - 1] : null;
    }

    /** Returns the arguments from a number on. */
    public Object[] from(int number) {
        return number > values.length ? LuaFunction.NOTHING : Arrays.copyOfRange(values, number - 1, values.length);
    }

    /** Returns an argument that may be nil, but not missing. */
    public Object any(int number) {
        if (number > values.length) {
            throw error(number, "value expected");
        }
        return values[number - 1];
    }

    /** Returns a table. */
    public LuaTable table(int number) {
        if (number <= values.length && values[number - 1] instanceof LuaTable table) {
            return table;
        }
        throw typeError(number, "table");
    }

    /** Returns a function. */
    public LuaFunction function(int number) {
        if (get(number) instanceof LuaFunction target) {
            return target;
        }
        throw typeError(number, "function");
    }

    /** Returns a Lua string. Numbers are converted. */
    public String string(int number) {
        Object value = get(number);
        if (value instanceof String string) {
            return string;
        }
        if (value instanceof Number) {
            return state.execution().charged(Numbers.toText(state.execution(), value));
        }
        throw typeError(number, "string");
    }

    /** Returns a Lua string, or a default if the argument is nil or missing. */
    public String string(int number, String defaultValue) {
        return get(number) == null ? defaultValue : string(number);
    }

    /** Returns a Long or Double. Strings are converted. */
    public Number number(int number) {
        Object value = get(number);
        if (value instanceof Long integer) {
            return integer;
        }
        if (Numbers.toNumber(state.execution(), value) instanceof Number converted) {
            return converted;
        }
        throw typeError(number, "number");
    }

    /** Returns a number as a double. */
    public double real(int number) {
        return number(number).doubleValue();
    }

    /** Returns a number as an integer. Drops a fraction; limits it to the range of 64 bits. */
    public long integer(int number) {
        return number(number).longValue();
    }

    /** Returns a number as an integer, or a default if the argument is nil or missing. */
    public long integer(int number, long defaultValue) {
        return get(number) == null ? defaultValue : integer(number);
    }

    /** Returns whether an argument is true in a condition. */
    public boolean isTrue(int number) {
        return LuaValues.isTrue(get(number));
    }

    /** Returns the error for an argument of a wrong type. */
    public LuaError typeError(int number, String expected) {
        return error(number,
                expected + " expected, got " + (number > values.length ? "no value" : LuaValues.typeName(get(number))));
    }

    /** Returns the error for a wrong argument. */
    public LuaError error(int number, String message) {
        return state.argumentError(function, number, message);
    }
}
