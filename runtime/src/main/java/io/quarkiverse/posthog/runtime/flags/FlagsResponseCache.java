package io.quarkiverse.posthog.runtime.flags;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

import io.quarkiverse.posthog.runtime.support.BoundedCache;

/** Caches complete flag responses for some time, by the body of their request. Thread-safe. */
final class FlagsResponseCache {

    /** @param generation the generation in which the request was sent */
    private record Entry(FlagsResponse response, long expiry, long generation) {
    }

    private final long ttl;
    private final BoundedCache<String, Entry> entries;
    /** The number of times that the cache was cleared. */
    private final AtomicLong generation = new AtomicLong();

    FlagsResponseCache(Duration ttl, int maxSize) {
        this.ttl = ttl.toNanos();
        this.entries = new BoundedCache<>(maxSize);
    }

    /** @return null if there is none */
    FlagsResponse get(String body) {
        Entry entry = ttl == 0 ? null : entries.get(body);
        return entry != null && entry.generation() == generation() && entry.expiry() - System.nanoTime() > 0
                ? entry.response()
                : null;
    }

    /** Identifies the time between two calls of {@link #clear()}. */
    long generation() {
        return generation.get();
    }

    /** @param generation the generation in which the request was sent: only the current one is cached */
    void put(String body, FlagsResponse response, long generation) {
        if (ttl > 0 && response.isComplete() && generation == generation()) {
            entries.put(body, new Entry(response, System.nanoTime() + ttl, generation));
        }
    }

    void clear() {
        generation.incrementAndGet();
        entries.clear();
    }
}
