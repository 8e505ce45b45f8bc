package io.quarkiverse.posthog.runtime.capture.event;

import java.util.function.Supplier;

/**
 * The {@code BeforeSend} and {@code CaptureListener} calls that the current thread is in, of any account. An event that is
 * captured in one of them would otherwise call them again, without end.
 *
 * @param hooks the number of nested {@code BeforeSend} calls
 * @param inListener whether a listener is being called
 */
public record Nesting(int hooks, boolean inListener) {

    public static final Nesting NONE = new Nesting(0, false);

    /** An event captured in a hook passes the hooks once, so that filters apply to it. */
    private static final int MAX_HOOKS = 1;

    // Of the thread rather than of an account: a hook may capture with another account, whose hook uses the first one
    private static final ThreadLocal<Nesting> CURRENT = new ThreadLocal<>();

    public static Nesting current() {
        Nesting current = CURRENT.get();
        return current == null ? NONE : current;
    }

    /** Replaces the nesting of the current thread. */
    public static void set(Nesting nesting) {
        if (nesting.equals(NONE)) {
            CURRENT.remove();
        } else {
            CURRENT.set(nesting);
        }
    }

    boolean isTooDeep() {
        return hooks > MAX_HOOKS;
    }

    Nesting inHook() {
        return new Nesting(hooks + 1, inListener);
    }

    Nesting listening() {
        return inListener ? this : new Nesting(hooks, true);
    }

    public Nesting and(Nesting other) {
        return new Nesting(Math.max(hooks, other.hooks), inListener || other.inListener);
    }

    /** Calls code with this nesting. */
    public <T> T call(Supplier<T> code) {
        Nesting before = current();
        set(this);
        try {
            return code.get();
        } finally {
            set(before);
        }
    }
}
