package io.quarkiverse.posthog.lua.engine.interpreter;

import io.quarkiverse.posthog.lua.engine.LuaFunction;
import io.quarkiverse.posthog.lua.engine.LuaTable;

/** Looks metamethods up and calls them. */
public final class Metamethods {

    /** The part of the Java stack that the call of a metamethod uses in addition to a call of a function. */
    private static final int WEIGHT = 4;

    private Metamethods() {
    }

    /** Returns the metatable of a value, or null. */
    public static LuaTable metatable(Execution execution, Object value) {
        if (value instanceof LuaTable table) {
            return table.metatable();
        }
        return value instanceof String ? execution.stringMetatable() : null;
    }

    /** Returns a metamethod of a value, or null. */
    public static Object of(Execution execution, Object value, String event) {
        LuaTable metatable = metatable(execution, value);
        return metatable == null ? null : metatable.get(event);
    }

    /** Calls a metamethod with two operands, which stay in use until it returns. */
    public static Object call(Execution execution, Object handler, Object first, Object second) {
        int kept = execution.keep(first);
        execution.keep(second);
        execution.deepen(WEIGHT);
        Object result = handler instanceof LuaFunction function ? function.call(execution.state, first, second)
                : Calls.callValue(execution, handler, new Object[] { first, second }, null);
        execution.deepen(-WEIGHT);
        execution.forget(kept);
        return LuaFunction.first(result);
    }

    /** Calls a metamethod with three operands, which stay in use until it returns. */
    public static void call(Execution execution, Object handler, Object first, Object second, Object third) {
        int kept = execution.keep(first);
        execution.keep(second);
        execution.keep(third);
        execution.deepen(WEIGHT);
        if (handler instanceof LuaFunction function) {
            function.call(execution.state, first, second, third);
        } else {
            Calls.callValue(execution, handler, new Object[] { first, second, third }, null);
        }
        execution.deepen(-WEIGHT);
        execution.forget(kept);
    }

    /** Calls the metamethod that one of the operands has, or returns null if there is none. The result is an array then. */
    static Object[] callBinary(Execution execution, String event, Object first, Object second) {
        Object handler = of(execution, first, event);
        if (handler == null) {
            handler = of(execution, second, event);
        }
        return handler == null ? null : new Object[] { call(execution, handler, first, second) };
    }
}
