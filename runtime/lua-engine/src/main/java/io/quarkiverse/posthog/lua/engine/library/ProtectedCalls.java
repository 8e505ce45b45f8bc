package io.quarkiverse.posthog.lua.engine.library;

import io.quarkiverse.posthog.lua.engine.LuaArguments;
import io.quarkiverse.posthog.lua.engine.LuaError;
import io.quarkiverse.posthog.lua.engine.LuaFunction;
import io.quarkiverse.posthog.lua.engine.LuaState;
import io.quarkiverse.posthog.lua.engine.LuaTable;
import io.quarkiverse.posthog.lua.engine.LuaValues;
import io.quarkiverse.posthog.lua.engine.interpreter.Calls;
import io.quarkiverse.posthog.lua.engine.interpreter.Execution;
import io.quarkiverse.posthog.lua.engine.interpreter.Sizes;

/** The functions that raise and catch errors. Nothing here catches an exceeded limit. */
final class ProtectedCalls {

    private ProtectedCalls() {
    }

    static void install(LuaState state, LuaTable globals) {
        Execution execution = state.execution();
        Libraries.add(state, globals, "pcall", (s, a) -> pcall(execution, a.any(1), a.from(2)));
        Libraries.add(state, globals, "xpcall", (s, a) -> xpcall(execution, a));
        Libraries.add(state, globals, "error", (s, a) -> {
            throw error(execution, a.get(1), a.integer(2, 1));
        });
        Libraries.add(state, globals, "assert", (s, a) -> assertTrue(execution, a));
    }

    private static Object pcall(Execution execution, Object function, Object[] arguments) {
        Execution.Height height = execution.height();
        try {
            return success(execution, call(execution, function, arguments));
        } catch (LuaError e) {
            execution.unwind(height);
            return new Object[] { false, e.value() };
        } catch (StackOverflowError e) {
            execution.unwind(height);
            return new Object[] { false, execution.position(1) + "stack overflow" };
        }
    }

    private static Object xpcall(Execution execution, LuaArguments arguments) {
        Execution.Height height = execution.height();
        Object function = arguments.any(1);
        Object handler = arguments.any(2);
        Object error;
        try {
            return success(execution, call(execution, function, arguments.from(3)));
        } catch (LuaError e) {
            error = e.value();
        } catch (StackOverflowError e) {
            error = "stack overflow";
        }
        execution.unwind(height);
        execution.keep(error);
        return handle(execution, height, handler, error);
    }

    private static Object handle(Execution execution, Execution.Height height, Object handler, Object error) {
        try {
            Object[] results = LuaFunction.all(call(execution, handler, new Object[] { error }));
            return join(execution, false, results);
        } catch (LuaError | StackOverflowError e) {
            execution.unwind(height);
            return new Object[] { false, e instanceof LuaError inner ? inner.value() : "stack overflow" };
        }
    }

    private static Object call(Execution execution, Object function, Object[] arguments) {
        if (function instanceof LuaFunction target) {
            return execution.call(target, arguments);
        }
        return Calls.callValue(execution, function, arguments, null);
    }

    private static Object success(Execution execution, Object results) {
        return results instanceof Object[] values ? join(execution, true, values) : new Object[] { true, results };
    }

    private static Object[] join(Execution execution, boolean success, Object[] values) {
        Object[] results = execution.newArray(values.length + 1);
        results[0] = success;
        System.arraycopy(values, 0, results, 1, values.length);
        return results;
    }

    private static LuaError error(Execution execution, Object value, long level) {
        if (value instanceof String message && level > 0) {
            String position = execution.position((int) Math.min(level, 1_000_000));
            execution.allocate(Sizes.string((long) position.length() + message.length()));
            return execution.raise(position + message);
        }
        return execution.raise(value);
    }

    private static Object assertTrue(Execution execution, LuaArguments arguments) {
        if (LuaValues.isTrue(arguments.any(1))) {
            return arguments.from(1);
        }
        throw execution.raise(arguments.count() < 2 ? "assertion failed!" : arguments.get(2));
    }
}
