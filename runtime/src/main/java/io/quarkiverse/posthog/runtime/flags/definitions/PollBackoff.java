package io.quarkiverse.posthog.runtime.flags.definitions;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

import io.quarkiverse.posthog.PostHogApiException;
import io.quarkiverse.posthog.runtime.rest.Backoff;

/**
 * Computes the delay before the next poll: the interval, plus or minus 10 percent, so that instances do not poll at the
 * same time. After rejected requests, the delay increases. Used by one load at a time.
 */
final class PollBackoff {

    /** The maximum delay after rejected requests, unless the interval is longer. */
    private static final Duration MAX_DELAY = Duration.ofSeconds(60);

    /** A mistakenly long {@code Retry-After} must not end polling. */
    private static final Duration MAX_RETRY_AFTER = Duration.ofHours(1);

    private final Backoff backoff;
    private volatile int rejections;

    PollBackoff(Duration interval) {
        this.backoff = new Backoff(interval, max(interval, MAX_DELAY), 0);
    }

    /** @param failure the failure of the last load; null if it succeeded */
    Duration next(Throwable failure) {
        LoadFailureKind problem = failure == null ? null : LoadFailureKind.of(failure);
        boolean rejected = problem == LoadFailureKind.KEY || problem == LoadFailureKind.LIMIT;
        rejections = rejected ? rejections + 1 : 0;
        Duration retryAfter = failure instanceof PostHogApiException api ? api.retryAfter().orElse(Duration.ZERO)
                : Duration.ZERO;
        return max(about(backoff.delay(rejections)), min(retryAfter, MAX_RETRY_AFTER));
    }

    private static Duration about(Duration duration) {
        return Duration.ofMillis((long) (duration.toMillis() * ThreadLocalRandom.current().nextDouble(0.9, 1.1)));
    }

    private static Duration min(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }

    private static Duration max(Duration one, Duration other) {
        return one.compareTo(other) > 0 ? one : other;
    }
}
