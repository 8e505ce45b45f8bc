package io.quarkiverse.posthog.runtime.rest;

import java.time.Duration;

/**
 * Limits the number of requests in any time span of a given length. PostHog uses the same sliding window, so this permits the
 * same bursts as PostHog.
 * <p>
 * Not thread-safe; guarded by the lock of {@link ApiRateLimiter}.
 */
final class SlidingWindow {

    private final long span;
    /** The times of the last requests, as a ring buffer. The next one replaces the oldest. */
    private final long[] sent;
    private int next;
    private long count;

    SlidingWindow(int requests, Duration span) {
        this.sent = new long[requests];
        this.span = span.toNanos();
    }

    /** Returns the delay of the next request in nanoseconds; 0 or less for none. */
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
