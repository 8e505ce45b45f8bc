package io.quarkiverse.posthog.lua.engine;

/** Collects the values that are still in use, and their sizes, when a state computes how much memory its script really uses. */
public interface LuaTracer {

    /** Reports a value that is in use: any Lua value, null, or an array of values. */
    void visit(Object value);

    /** Adds bytes to the size of the object that is being traced. */
    void add(long bytes);
}
