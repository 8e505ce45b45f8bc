package io.quarkiverse.posthog.runtime.errors;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.function.Supplier;

import io.smallrye.mutiny.CompositeException;

/** Reads exceptions of any class: their methods can be overridden, and can fail, return null, or never end. */
final class ThrowableReader {

    private static final StackTraceElement[] NO_STACK = new StackTraceElement[0];

    private ThrowableReader() {
    }

    /** Never null: empty when there is no message. */
    static String message(Throwable thrown) {
        try {
            String message = thrown.getMessage();
            return message == null ? "" : message;
        } catch (Throwable e) {
            return "getMessage() failed with " + e.getClass().getName();
        }
    }

    /** Null when there is none. */
    static Throwable cause(Throwable thrown) {
        return read(thrown::getCause, null);
    }

    /** From the place it was thrown at to where the thread began, without null. */
    static List<StackTraceElement> stack(Throwable thrown) {
        return present(Arrays.asList(read(thrown::getStackTrace, NO_STACK)));
    }

    /** In the order they were added. */
    static List<Throwable> suppressed(Throwable thrown) {
        return Arrays.asList(thrown.getSuppressed());
    }

    /** The exceptions that one exception stands for; empty for all but composite ones. */
    static List<Throwable> members(Throwable thrown) {
        return thrown instanceof CompositeException composite ? present(read(composite::getCauses, List.of()))
                : List.of();
    }

    /** Returns an exception and its causes, up to the given number. */
    static List<Throwable> chain(Throwable thrown, int most) {
        List<Throwable> chain = new ArrayList<>();
        for (Throwable next = thrown; next != null && chain.size() < most; next = cause(next)) {
            chain.add(next);
        }
        return chain;
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
