package io.quarkiverse.posthog.lua.engine.library;

import io.quarkiverse.posthog.lua.engine.LuaFunction;
import io.quarkiverse.posthog.lua.engine.LuaValues;
import io.quarkiverse.posthog.lua.engine.interpreter.Calls;
import io.quarkiverse.posthog.lua.engine.interpreter.Execution;
import io.quarkiverse.posthog.lua.engine.interpreter.Metamethods;

/** The conversion of values to text with the metamethod {@code __tostring}. */
public final class TextConversion {

    private TextConversion() {
    }

    /** Converts a value as the function {@code tostring} does. */
    public static String toText(Execution execution, Object value) {
        if (value instanceof String string) {
            return string;
        }
        Object handler = Metamethods.of(execution, value, "__tostring");
        if (handler == null) {
            return execution.charged(LuaValues.toText(value));
        }
        int kept = execution.keep(value);
        Object text = LuaFunction.first(handler instanceof LuaFunction function ? execution.call(function, value)
                : Calls.callValue(execution, handler, new Object[] { value }, null));
        execution.forget(kept);
        if (text instanceof String string) {
            return string;
        }
        if (text instanceof Number) {
            return LuaValues.toText(text);
        }
        throw execution.error("'__tostring' must return a string");
    }
}
