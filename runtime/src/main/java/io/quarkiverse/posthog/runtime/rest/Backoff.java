package io.quarkiverse.posthog.runtime.rest;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Delays that double with each retry.
 *
 * @param first the first delay
 * @param max the maximum delay
 * @param jitter the random part of each delay, from 0 to 1, so that many clients do not retry at the same moment
 */
public record Backoff(Duration first, Duration max, double jitter) {

    /** @param retries the number of earlier delays */
    public Duration delay(int retries) {
        long delay = Math.min(max.toMillis(), first.toMillis() << Math.min(retries, 20));
        long random = (long) (delay * jitter);
        return Duration.ofMillis(delay - random + ThreadLocalRandom.current().nextLong(random + 1));
    }
}
