package io.quarkiverse.posthog.emulator.http;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;

/** Limits requests per key and group in sliding windows. Disabled until limits are set. */
public final class RateLimits {

    private static final long SECOND = 1_000_000_000L;

    private final Map<RateLimitGroup, RateLimit> limits = new EnumMap<>(RateLimitGroup.class);
    private final Map<Window, Deque<Long>> history = new HashMap<>();

    private record Window(RateLimitGroup rateClass, String key, boolean burst) {
    }

    public Map<RateLimitGroup, RateLimit> limits() {
        return limits;
    }

    /** Replaces all limits and forgets what has been counted. */
    public void replace(Map<RateLimitGroup, RateLimit> newLimits) {
        limits.clear();
        limits.putAll(newLimits);
        history.clear();
    }

    /** Counts a request, or rejects it with 429. */
    public void check(RateLimitGroup rateClass, ApiKey key) {
        long wait = count(rateClass, key);
        if (wait > 0) {
            throw ApiException.throttled(wait);
        }
    }

    /** Counts a request. Returns how many seconds it comes too early, zero for one that is allowed. */
    public long count(RateLimitGroup rateClass, ApiKey key) {
        RateLimit limit = limits.get(rateClass);
        if (limit == null) {
            return 0;
        }
        long now = System.nanoTime();
        long wait = count(new Window(rateClass, key.value(), true), limit.burst(), limit.burstSeconds(), now);
        return wait > 0 || limit.sustained() == 0 ? wait
                : count(new Window(rateClass, key.value(), false), limit.sustained(), limit.sustainedSeconds(), now);
    }

    private long count(Window window, int allowed, int seconds, long now) {
        Deque<Long> times = history.computeIfAbsent(window, w -> new ArrayDeque<>());
        while (!times.isEmpty() && now - times.peekFirst() >= seconds * SECOND) {
            times.removeFirst();
        }
        if (times.size() >= allowed) {
            long oldest = times.isEmpty() ? now : times.peekFirst();
            long waitNanos = seconds * SECOND - (now - oldest);
            return (waitNanos + SECOND - 1) / SECOND;
        }
        times.addLast(now);
        return 0;
    }
}
