package io.quarkiverse.posthog.runtime.errors;

/** Throws from a known place. */
final class Thrower {

    private Thrower() {
    }

    static IllegalStateException thrown(String message) {
        try {
            outer(message);
            throw new AssertionError();
        } catch (IllegalStateException e) {
            return e;
        }
    }

    static void outer(String message) {
        inner(message);
    }

    static void inner(String message) {
        throw new IllegalStateException(message);
    }

    /** Throws from so deep. */
    static IllegalStateException thrownFrom(int depth) {
        return depth == 0 ? thrown("deep") : thrownFrom(depth - 1);
    }
}
