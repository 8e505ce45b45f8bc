package io.quarkiverse.posthog.lua.engine;

import io.quarkiverse.posthog.lua.engine.interpreter.Prototype;

/** A compiled source. It is immutable: any number of states and threads can run it. Create chunks with {@link LuaCompiler}. */
public final class LuaChunk {

    private final String name;
    private final Prototype main;
    private final long estimatedBytes;

    LuaChunk(String name, Prototype main, long estimatedBytes) {
        this.name = name;
        this.main = main;
        this.estimatedBytes = estimatedBytes;
    }

    /** Returns the name that the positions in error messages start with. */
    public String name() {
        return name;
    }

    Prototype main() {
        return main;
    }

    /** Returns an estimate of the memory of the code, with its constants. A state that runs the chunk is charged with it. */
    public long estimatedBytes() {
        return estimatedBytes;
    }
}
