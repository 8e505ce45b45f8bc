package io.quarkiverse.posthog.lua.engine;

/**
 * The Java code of a function that scripts can call, see {@link LuaState#function}. It returns a Lua value, or an array for any
 * other
 * number of results, and throws {@link LuaError} to raise an error in the script.
 */
@FunctionalInterface
public interface HostFunction {

    /** Runs the function. */
    Object call(LuaState state, LuaArguments arguments);
}
