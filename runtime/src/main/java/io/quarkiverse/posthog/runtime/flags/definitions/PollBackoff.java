package io.quarkiverse.posthog.runtime.flags.definitions;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

import io.quarkiverse.posthog.PostHogApiException;

/**
 * Computes the delay before the next poll: the interval, plus or minus 10 percent, so that instances do not poll at the
 * same time. After rejected requests, the delay increases. Used by one load at a time.
 */
final class PollBackoff {

    /** How seldom somebody asks who is refused, unless the interval is longer. */
    private static final Duration SELDOM = Duration.ofSeconds(60);

    /** A wait that somebody asks for by mistake must not be the end of polling. */
    private static final Duration LONGEST = Duration.ofHours(1);

    private final Duration interval;
    private volatile int refusals;

    PollBackoff(Duration interval) {
        this.interval = interval;
    }

    /** @param failure what the last load failed with; null when it succeeded */
    Duration next(Throwable failure) {
        LoadFailureKind problem = failure == null ? null : LoadFailureKind.of(failure);
        boolean refused = problem == LoadFailureKind.KEY || problem == LoadFailureKind.LIMIT;
        refusals = refused ? refusals + 1 : 0;
        Duration wait = about(refused ? backoff() : interval);
        Duration asked = failure instanceof PostHogApiException api ? api.retryAfter().orElse(Duration.ZERO)
                : Duration.ZERO;
        return max(wait, min(asked, LONGEST));
    }

    private Duration backoff() {
        return min(interval.multipliedBy(1L << Math.min(refusals, 20)), max(interval, SELDOM));
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
