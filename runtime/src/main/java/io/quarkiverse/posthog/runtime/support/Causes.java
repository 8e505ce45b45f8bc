package io.quarkiverse.posthog.runtime.support;

import java.util.ArrayList;
import java.util.List;

/** The causes of exceptions, which can form a loop. An overridden {@code getCause()} can fail or never end. */
public final class Causes {

    /** The maximum number of exceptions. */
    private static final int MAX = 100;

    private Causes() {
    }

    /** Returns an exception, followed by its causes. Each is contained once. */
    public static List<Throwable> of(Throwable failure) {
        return of(failure, MAX);
    }

    /** Returns an exception, followed by its causes, up to the given number. Each is contained once. */
    public static List<Throwable> of(Throwable failure, int max) {
        List<Throwable> chain = new ArrayList<>();
        for (Throwable next = failure; next != null && chain.size() < max && !contains(chain, next); next = cause(next)) {
            chain.add(next);
        }
        return chain;
    }

    /** Returns the first exception of a type; null if there is none. */
    public static <T extends Throwable> T find(Throwable failure, Class<T> type) {
        return of(failure).stream().filter(type::isInstance).map(type::cast).findFirst().orElse(null);
    }

    private static boolean contains(List<Throwable> chain, Throwable failure) {
        for (Throwable other : chain) {
            if (other == failure) {
                return true;
            }
        }
        return false;
    }

    private static Throwable cause(Throwable failure) {
        try {
            return failure.getCause();
        } catch (Throwable e) {
            return null;
        }
    }
}
