package io.quarkiverse.posthog.runtime.errors;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.function.Supplier;

import io.smallrye.mutiny.CompositeException;

/**
 * Reads exceptions of any class. Their methods can be overridden, and can fail or return null, and the chain of their causes
 * can be endless.
 */
final class ThrowableReader {

    private static final StackTraceElement[] NO_STACK = new StackTraceElement[0];

    private ThrowableReader() {
    }

    /** Returns the message; empty if there is none. */
    static String message(Throwable thrown) {
        try {
            String message = thrown.getMessage();
            return message == null ? "" : message;
        } catch (Throwable e) {
            return "getMessage() failed with " + e.getClass().getName();
        }
    }

    /** Returns the cause; null if there is none. */
    static Throwable cause(Throwable thrown) {
        return read(thrown::getCause, null);
    }

    /** Returns the stack trace without null elements, beginning with the place where the exception was thrown. */
    static List<StackTraceElement> stack(Throwable thrown) {
        return present(Arrays.asList(read(thrown::getStackTrace, NO_STACK)));
    }

    /** Returns the suppressed exceptions in the order in which they were added. */
    static List<Throwable> suppressed(Throwable thrown) {
        return Arrays.asList(thrown.getSuppressed());
    }

    /** Returns the members of a composite exception; empty for all others. */
    static List<Throwable> members(Throwable thrown) {
        return thrown instanceof CompositeException composite ? present(read(composite::getCauses, List.of()))
                : List.of();
    }

    /** Returns the cause of an exception that only wraps it because it was thrown in a future. */
    static Throwable unwrapCompletionException(Throwable thrown) {
        Throwable cause = thrown instanceof CompletionException ? cause(thrown) : null;
        return cause == null ? thrown : cause;
    }

    private static <T> T read(Supplier<T> method, T otherwise) {
        try {
            T value = method.get();
            return value == null ? otherwise : value;
        } catch (Throwable e) {
            return otherwise;
        }
    }

    private static <T> List<T> present(List<T> all) {
        List<T> present = new ArrayList<>(all.size());
        for (T one : all) {
            if (one != null) {
                present.add(one);
            }
        }
        return present;
    }
}
