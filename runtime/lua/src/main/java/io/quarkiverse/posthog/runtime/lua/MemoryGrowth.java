package io.quarkiverse.posthog.runtime.lua;

import io.quarkiverse.posthog.lua.engine.LuaState;

/**
 * Charges memory that Java code uses on behalf of a script, and that is not reachable from its values: each time it has
 * doubled, all of it is charged. The engine forgets charges for values that it cannot reach, but never a single charge that
 * exceeds the
 * limit.
 */
final class MemoryGrowth {

    private static final long MIN_CHARGE = 1_024;

    private final LuaState state;
    private long size;
    private long charged;

    MemoryGrowth(LuaState state) {
        this.state = state;
    }

    /** Adds bytes that are about to be allocated. */
    void add(long bytes) {
        size += bytes;
        state.steps((int) Math.min(1_000_000, 1 + bytes / 64));
        if (size > charged) {
            charged = Math.max(MIN_CHARGE, size * 2);
            state.allocate(charged);
        }
    }
}
