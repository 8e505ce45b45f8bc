package io.quarkiverse.posthog.runtime.rest;

import java.time.Duration;

/**
 * At most so many requests in any span of time, however it is laid: the same sliding window that PostHog counts with, so
 * that a burst is let through as far as PostHog lets it through.
 * <p>
 * Not thread-safe: guarded by {@link ApiRateLimiter}.
 */
final class SlidingWindow {

    private final long span;
    /** When the last requests were sent, as a ring; the oldest stands where the next one goes. */
    private final long[] sent;
    private int next;
    private long count;

    SlidingWindow(int requests, Duration span) {
        this.sent = new long[requests];
        this.span = span.toNanos();
    }

    /** How many nanoseconds to wait for the next request; 0 or less for none. */
    long waitAt(long now) {
        return count < sent.length ? 0 : sent[next] + span - now;
    }

    /** Counts a request. */
    void add(long now) {
        sent[next] = now;
        next = (next + 1) % sent.length;
        count++;
    }
}
