package io.quarkiverse.posthog.runtime.flags;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;

/** Caches complete flag responses for some time, by the body of their request. Thread-safe. */
final class FlagsResponseCache {

    private record Kept(FlagsResponse answer, long until) {
    }

    private final long ttl;
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<String, Kept> answers;
    /** How often it was emptied. */
    private volatile long generation;

    FlagsResponseCache(Duration ttl, int maxSize) {
        this.ttl = ttl.toNanos();
        this.answers = new LinkedHashMap<>(16, 0.75f, true) {

            private static final long serialVersionUID = 1L;

            @Override
            protected boolean removeEldestEntry(Map.Entry<String, Kept> eldest) {
                return size() > maxSize;
            }
        };
    }

    /** @return null when there is none */
    FlagsResponse get(String body) {
        if (ttl == 0) {
            return null;
        }
        lock.lock();
        try {
            Kept kept = answers.get(body);
            if (kept != null && kept.until() - System.nanoTime() > 0) {
                return kept.answer();
            }
            answers.remove(body);
            return null;
        } finally {
            lock.unlock();
        }
    }

    /** Changes when the cache is emptied; taken before PostHog is asked, it tells whether that was since. */
    long generation() {
        return generation;
    }

    /** @param generation before PostHog was asked: what was asked before the cache was emptied is not kept */
    void put(String body, FlagsResponse answer, long generation) {
        if (ttl == 0 || !answer.isComplete()) {
            return;
        }
        lock.lock();
        try {
            if (generation == this.generation) {
                answers.put(body, new Kept(answer, System.nanoTime() + ttl));
            }
        } finally {
            lock.unlock();
        }
    }

    void clear() {
        lock.lock();
        try {
            generation++;
            answers.clear();
        } finally {
            lock.unlock();
        }
    }
}
