package io.quarkiverse.posthog.runtime.flags.definitions;

/** How large definitions may be as JSON, so that damaged or foreign ones do not use up the heap. */
public final class DefinitionsLimit {

    private static final long MOST = 64 << 20;

    private DefinitionsLimit() {
    }

    /** In bytes. */
    public static long bytes() {
        return Math.min(MOST, Runtime.getRuntime().maxMemory() / 16);
    }
}
