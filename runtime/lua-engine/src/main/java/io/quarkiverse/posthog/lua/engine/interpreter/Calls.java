package io.quarkiverse.posthog.lua.engine.interpreter;

import java.util.Arrays;

import io.quarkiverse.posthog.lua.engine.LuaFunction;
import io.quarkiverse.posthog.lua.engine.LuaStrings;
import io.quarkiverse.posthog.lua.engine.LuaValues;
import io.quarkiverse.posthog.lua.engine.tree.Expression;

/** Calls of values that are not functions, and lists of arguments. */
public final class Calls {

    private Calls() {
    }

    /** Calls any value, with the metamethod {@code __call} unless it is a function. */
    public static Object callValue(Execution execution, Object callee, Object[] arguments, Expression expression) {
        if (callee instanceof LuaFunction function) {
            return function.call(execution.state, arguments);
        }
        LuaFunction handler = handler(execution, callee, expression);
        return handler.call(execution.state, withReceiver(callee, arguments));
    }

    /** Returns the metamethod {@code __call} of a value that is not a function. */
    public static LuaFunction handler(Execution execution, Object callee, Expression expression) {
        Object handler = Metamethods.of(execution, callee, "__call");
        if (handler instanceof LuaFunction function) {
            return function;
        }
        throw execution.error("attempt to call a " + LuaValues.typeName(callee) + " value" + name(expression));
    }

    /** Returns the arguments of {@code __call}. */
    public static Object[] withReceiver(Object receiver, Object[] arguments) {
        Object[] all = new Object[arguments.length + 1];
        all[0] = receiver;
        System.arraycopy(arguments, 0, all, 1, arguments.length);
        return all;
    }

    /** Returns values from slots, followed by the results of a call. */
    public static Object[] join(Execution execution, Object[] slots, int first, int count, Object results) {
        if (!(results instanceof Object[] values)) {
            Object[] list = Arrays.copyOfRange(slots, first, first + count + 1);
            list[count] = results;
            return list;
        }
        Object[] list = execution.newArray(count + values.length);
        System.arraycopy(slots, first, list, 0, count);
        System.arraycopy(values, 0, list, count, values.length);
        return list;
    }

    /** Returns the name of the variable of an expression for an error message, in parentheses, or an empty string. */
    public static String name(Expression expression) {
        String description = expression == null ? null : expression.describe();
        return description == null ? "" : " (" + LuaStrings.fromJava(description) + ")";
    }
}
