package io.quarkiverse.posthog.runtime.errors;

import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * The exceptions of the last moments, by identity, without keeping them. An exception counts as the same as what it was caused
 * by: what leaves an endpoint is often logged inside of another one.
 * <p>
 * Only for moments, because some libraries throw the same exception, or the same cause, again and again.
 *
 * @param <T> what is remembered of each
 */
final class RecentThrowables<T> {

    private static final int SIZE = 256;
    private static final int DEPTH = 8;
    private static final long MOMENT = Duration.ofSeconds(10).toNanos();

    private record Sighting<T>(WeakReference<Throwable> thrown, long at, T value) {
    }

    private final LongSupplier nanoTime;
    private final ReentrantLock lock = new ReentrantLock();
    private final Sighting<T>[] sightings;
    private int next;

    @SuppressWarnings("unchecked")
    RecentThrowables(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
        this.sightings = new Sighting[SIZE];
    }

    /** What is remembered of it; null when it is new. */
    T find(Throwable thrown) {
        List<Throwable> chain = Thrown.chain(thrown, DEPTH);
        lock.lock();
        try {
            return find(chain, nanoTime.getAsLong());
        } finally {
            lock.unlock();
        }
    }

    /** @return what is remembered of it already; null when it was new, and is remembered from now on */
    T findOrAdd(Throwable thrown, Supplier<T> value) {
        List<Throwable> chain = Thrown.chain(thrown, DEPTH);
        lock.lock();
        try {
            long now = nanoTime.getAsLong();
            T known = find(chain, now);
            if (known == null) {
                T added = value.get();
                chain.forEach(one -> add(one, now, added));
            }
            return known;
        } finally {
            lock.unlock();
        }
    }

    private void add(Throwable thrown, long now, T value) {
        sightings[next] = new Sighting<>(new WeakReference<>(thrown), now, value);
        next = (next + 1) % SIZE;
    }

    private T find(List<Throwable> chain, long now) {
        for (Sighting<T> sighting : sightings) {
            if (sighting != null && now - sighting.at() < MOMENT) {
                for (Throwable thrown : chain) {
                    if (sighting.thrown().refersTo(thrown)) {
                        return sighting.value();
                    }
                }
            }
        }
        return null;
    }
}
