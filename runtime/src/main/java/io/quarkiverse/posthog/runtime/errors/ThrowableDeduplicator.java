package io.quarkiverse.posthog.runtime.errors;

import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;

import io.quarkiverse.posthog.runtime.support.Causes;

/**
 * Recognizes exceptions that were captured recently, by identity and without keeping them in memory. An exception is
 * treated as the same as its causes, because exceptions of an endpoint are often logged as causes of other exceptions.
 *
 * @param <T> the type of the value that is stored for each exception
 */
final class ThrowableDeduplicator<T> {

    private static final int MAX_SIZE = 4096;
    private static final int DEPTH = 8;
    private static final long MOMENT = Duration.ofSeconds(10).toNanos();

    private record Sighting<T>(long at, T value) {
    }

    private final LongSupplier nanoTime;
    private final ReentrantLock lock = new ReentrantLock();
    /** In the order in which they were added. */
    private final Map<Identity, Sighting<T>> sightings = new LinkedHashMap<>();

    ThrowableDeduplicator(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    /** Returns the value of an exception; null if it is new. */
    T find(Throwable thrown) {
        return find(thrown, null);
    }

    /** Returns the value of an exception; if it is new, stores the given value and returns null. */
    T findOrAdd(Throwable thrown, T value) {
        return find(thrown, value);
    }

    void remove(Throwable thrown) {
        List<Identity> chain = chain(thrown);
        lock.lock();
        try {
            chain.forEach(sightings::remove);
        } finally {
            lock.unlock();
        }
    }

    private T find(Throwable thrown, T added) {
        List<Identity> chain = chain(thrown);
        lock.lock();
        try {
            long now = nanoTime.getAsLong();
            forget(now);
            for (Identity one : chain) {
                Sighting<T> known = sightings.get(one);
                if (known != null) {
                    return known.value();
                }
            }
            if (added != null) {
                chain.forEach(one -> sightings.put(one, new Sighting<>(now, added)));
            }
            return null;
        } finally {
            lock.unlock();
        }
    }

    private void forget(long now) {
        Iterator<Sighting<T>> oldest = sightings.values().iterator();
        while (oldest.hasNext() && (now - oldest.next().at() >= MOMENT || sightings.size() > MAX_SIZE)) {
            oldest.remove();
        }
    }

    private static List<Identity> chain(Throwable thrown) {
        return Causes.of(thrown, DEPTH).stream().map(Identity::new).toList();
    }

    /** Identifies an exception. Equal to other references to the same exception until it is garbage collected. */
    private static final class Identity extends WeakReference<Throwable> {

        private final int hash;

        Identity(Throwable thrown) {
            super(thrown);
            this.hash = System.identityHashCode(thrown);
        }

        @Override
        public boolean equals(Object other) {
            return this == other || other instanceof Identity identity && get() != null && identity.get() == get();
        }

        @Override
        public int hashCode() {
            return hash;
        }
    }
}
