package io.quarkiverse.posthog.runtime.rest;

import java.util.function.UnaryOperator;

/**
 * A failure for which no layer has an exception of its own, as it may be shown and logged: with the type and the stack trace of
 * the original, but without keys in its messages.
 */
public final class UnexpectedFailure extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** Of the causes, which may refer to each other in a circle. */
    private static final int MAX_DEPTH = 10;

    private UnexpectedFailure(String message, Throwable cause, StackTraceElement[] trace) {
        super(message, cause, false, true);
        setStackTrace(trace);
    }

    /** @param mask makes a message fit for logs */
    public static UnexpectedFailure of(Throwable failure, UnaryOperator<String> mask) {
        return of(failure, mask, MAX_DEPTH);
    }

    private static UnexpectedFailure of(Throwable failure, UnaryOperator<String> mask, int depth) {
        Throwable cause = depth == 0 ? null : failure.getCause();
        return new UnexpectedFailure(mask.apply(failure.toString()),
                cause == null ? null : of(cause, mask, depth - 1), failure.getStackTrace());
    }

    /** The type and message of the original. */
    @Override
    public String toString() {
        return getMessage();
    }
}
