package io.quarkiverse.posthog.runtime.rest;

import java.util.function.UnaryOperator;

/**
 * A copy of an unexpected failure for exceptions and logs, with the type and the stack trace of the original, but
 * without keys in its messages.
 */
public final class UnexpectedFailure extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** The maximum number of causes, which can form a loop. */
    private static final int MAX_DEPTH = 10;

    private UnexpectedFailure(String message, Throwable cause, StackTraceElement[] trace) {
        super(message, cause, false, true);
        setStackTrace(trace);
    }

    /**
     * Copies a failure.
     *
     * @param mask removes keys from a message
     */
    public static UnexpectedFailure of(Throwable failure, UnaryOperator<String> mask) {
        return of(failure, mask, MAX_DEPTH);
    }

    private static UnexpectedFailure of(Throwable failure, UnaryOperator<String> mask, int depth) {
        Throwable cause = depth == 0 ? null : failure.getCause();
        return new UnexpectedFailure(mask.apply(failure.toString()),
                cause == null ? null : of(cause, mask, depth - 1), failure.getStackTrace());
    }

    /** Returns the type and the message of the original. */
    @Override
    public String toString() {
        return getMessage();
    }
}
