package io.quarkiverse.posthog.lua.engine;

import io.quarkiverse.posthog.lua.engine.interpreter.Execution;

/** A function that is written in Java. The values that it keeps are released when it returns. */
final class JavaFunction extends LuaFunction {

    private final String name;
    private final HostFunction code;

    JavaFunction(String name, HostFunction code) {
        this.name = name;
        this.code = code;
    }

    @Override
    public Object call(LuaState state, Object[] arguments) {
        Execution execution = state.execution();
        execution.steps(1);
        int kept = execution.kept();
        Object results = code.call(state, new LuaArguments(state, name, arguments));
        execution.forget(kept);
        return results;
    }

    @Override
    public String name() {
        return name;
    }
}
