package io.quarkiverse.posthog.runtime.support;

import java.util.List;
import java.util.function.UnaryOperator;

/**
 * A copy of an unexpected failure for exceptions and logs, with the type and the stack trace of the original, but
 * without keys in its messages.
 */
public final class UnexpectedFailure extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** The maximum number of exceptions, including the failure. */
    private static final int MAX_CAUSES = 11;

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
        List<Throwable> causes = Causes.of(failure, MAX_CAUSES);
        UnexpectedFailure copy = null;
        for (int i = causes.size() - 1; i >= 0; i--) {
            Throwable original = causes.get(i);
            copy = new UnexpectedFailure(mask.apply(original.toString()), copy, original.getStackTrace());
        }
        return copy;
    }

    /** Returns the type and the message of the original. */
    @Override
    public String toString() {
        return getMessage();
    }
}
