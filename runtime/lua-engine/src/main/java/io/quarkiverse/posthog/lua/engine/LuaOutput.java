package io.quarkiverse.posthog.lua.engine;

/** Receives what a script prints. */
@FunctionalInterface
public interface LuaOutput {

    /** Receives a text, decoded as UTF-8. A line ends with a newline. */
    void write(String text);
}
