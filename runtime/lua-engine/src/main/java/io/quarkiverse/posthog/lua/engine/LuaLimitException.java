package io.quarkiverse.posthog.lua.engine;

/** A script that was stopped because it exceeded a limit. A script cannot catch it with {@code pcall}. */
public final class LuaLimitException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** The limit. */
    public enum Kind {
        /** {@link LuaLimits#steps()}. */
        STEPS,
        /** {@link LuaLimits#cpuTime()}. */
        CPU,
        /** {@link LuaLimits#memoryBytes()}. */
        MEMORY,
        /** {@link LuaLimits#wallTime()}. */
        DEADLINE,
        /** {@link LuaLimits#outputCharacters()}. */
        OUTPUT,
        /** {@link LuaState#cancel()} was called. */
        CANCELLED
    }

    private final Kind kind;
    private final String traceback;

    /** Creates an exception. */
    public LuaLimitException(Kind kind, String message, String traceback) {
        super(message, null, false, false);
        this.kind = kind;
        this.traceback = traceback;
    }

    /** Returns the limit that was exceeded. */
    public Kind kind() {
        return kind;
    }

    /** Returns where the script was, one line for each active function, the innermost first. */
    public String traceback() {
        return traceback;
    }
}
