package io.quarkiverse.posthog.lua.engine;

/**
 * A Lua function: a closure of a script, or a function that is written in Java. Extend {@link HostFunction} or use
 * {@link LuaState#function} to write one in Java.
 *
 * <p>
 * A call returns either a single Lua value (null is nil), or an array of values for any other number of results. An array is
 * never
 * a Lua value, so the two cannot be confused. {@link #first} and {@link #all} convert results.
 */
public abstract class LuaFunction {

    /** No results. */
    public static final Object[] NOTHING = {};

    /** Calls the function with any number of arguments. The function owns the array. */
    public abstract Object call(LuaState state, Object[] arguments);

    /** Calls the function without arguments. */
    public Object call(LuaState state) {
        return call(state, NOTHING);
    }

    /** Calls the function with one argument. */
    public Object call(LuaState state, Object argument) {
        return call(state, new Object[] { argument });
    }

    /** Calls the function with two arguments. */
    public Object call(LuaState state, Object first, Object second) {
        return call(state, new Object[] { first, second });
    }

    /** Calls the function with three arguments. */
    public Object call(LuaState state, Object first, Object second, Object third) {
        return call(state, new Object[] { first, second, third });
    }

    /** Returns the name for error messages, or null. */
    public abstract String name();

    /** Reports the Lua values that this object refers to, and its size. By default there are none. */
    public void trace(LuaTracer tracer) {
    }

    /** Returns whether this object was already visited in a computation of the memory in use. */
    public boolean marked(int epoch) {
        return false;
    }

    /** Returns the first of the results, or null. */
    public static Object first(Object results) {
        if (results instanceof Object[] values) {
            return values.length == 0 ? null : values[0];
        }
        return results;
    }

    /** Returns the results as an array. */
    public static Object[] all(Object results) {
        return results instanceof Object[] values ? values : new Object[] { results };
    }
}
