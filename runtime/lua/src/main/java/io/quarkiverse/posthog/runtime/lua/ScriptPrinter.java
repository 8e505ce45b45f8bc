package io.quarkiverse.posthog.runtime.lua;

import io.quarkiverse.posthog.lua.engine.LuaArguments;
import io.quarkiverse.posthog.lua.engine.LuaState;

/** The functions that write values: {@code print}, {@code dump} and {@code tostring}. */
final class ScriptPrinter {

    /** The text of a table that is not printed can be longer than the output. */
    private static final int MAX_TEXT = 1_000_000;

    private final JsonMarks marks;
    private final int maxOutput;

    ScriptPrinter(JsonMarks marks, int maxOutput) {
        this.marks = marks;
        this.maxOutput = maxOutput;
    }

    void install(LuaState state) {
        state.globals().set("print", state.function("print", this::print));
        state.globals().set("dump", state.function("dump", this::dump));
        state.globals().set("tostring", state.function("tostring", (caller, arguments) -> charged(caller,
                new ValueWriter(caller, marks, MAX_TEXT).write(arguments.get(1)))));
    }

    /** Returns the text of a value, as a Lua string. */
    String shown(LuaState state, Object value, int maxCharacters) {
        return new ValueWriter(state, marks, maxCharacters).write(value);
    }

    private Object print(LuaState state, LuaArguments arguments) {
        ValueWriter line = new ValueWriter(state, marks, maxOutput);
        for (int i = 1; i <= arguments.count(); i++) {
            line.append(i == 1 ? "" : "\t").append(arguments.get(i));
        }
        write(state, line.toString());
        return null;
    }

    private Object dump(LuaState state, LuaArguments arguments) {
        write(state, new ValueWriter(state, marks, maxOutput).write(arguments.get(1)));
        return arguments.get(1);
    }

    private static void write(LuaState state, String line) {
        state.write(line + "\n");
    }

    private static String charged(LuaState state, String text) {
        state.allocate(text.length() + 64L);
        return text;
    }
}
