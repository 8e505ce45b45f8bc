package io.quarkiverse.posthog.runtime.rest;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;

import io.quarkiverse.posthog.PostHogApiException;
import io.quarkiverse.posthog.PostHogConnectionException;
import io.quarkiverse.posthog.runtime.config.AccountConfig.RetryConfig;

/**
 * Which failures are worth another try, and when.
 *
 * @param maxRetries how often to repeat
 * @param initialDelay the wait before the first repetition
 * @param maxDelay the longest wait, unless PostHog asks for more
 * @param maxRetryAfter how long PostHog may ask to wait
 * @param patient whether to wait no longer than that, instead of giving up, when PostHog asks for more
 */
public record RetryPolicy(int maxRetries, Duration initialDelay, Duration maxDelay, Duration maxRetryAfter, boolean patient) {

    /** For a caller that waits for the result. */
    public static RetryPolicy of(RetryConfig config) {
        return new RetryPolicy(config.maxRetries(), config.initialDelay(), config.maxDelay(), config.maxRetryAfter(), false);
    }

    /**
     * How long to wait before the request is sent again.
     *
     * @param retries how often it was repeated already
     * @return empty when it must not be repeated
     */
    public Optional<Duration> delay(Operation<?> operation, Throwable failure, int retries) {
        Duration retryAfter = failure instanceof PostHogApiException api ? api.retryAfter().orElse(null) : null;
        return repeats(operation, failure) && allows(retries, retryAfter) ? Optional.of(pause(retries, retryAfter))
                : Optional.empty();
    }

    /**
     * Whether a request may be sent again that may succeed then.
     *
     * @param retryAfter how long PostHog asks to wait at the least; null when it does not
     */
    public boolean allows(int retries, Duration retryAfter) {
        return retries < maxRetries && (patient || retryAfter == null || retryAfter.compareTo(maxRetryAfter) <= 0);
    }

    /** How long to wait before anything is sent again: what PostHog asks for is the least. */
    public Duration pause(int retries, Duration retryAfter) {
        Duration backoff = backoff(retries);
        Duration asked = retryAfter != null && retryAfter.compareTo(maxRetryAfter) > 0 ? maxRetryAfter : retryAfter;
        return asked == null || asked.compareTo(backoff) < 0 ? backoff : asked;
    }

    /** Whether the same request may succeed later. */
    public static boolean repeats(Operation<?> operation, Throwable failure) {
        if (failure instanceof PostHogConnectionException) {
            return operation.repeat() != Operation.Repeat.WHEN_REFUSED && operation.repeat() != Operation.Repeat.NEVER;
        }
        if (!(failure instanceof PostHogApiException api)) {
            return false;
        }
        int status = api.status();
        return switch (operation.repeat()) {
            case SAFE -> status == 429 || status == 500 || status == 502 || status == 503 || status == 504;
            case WHEN_REFUSED -> status == 429 || status == 503;
            case FLAGS -> status == 502 || status == 504;
            case NEVER -> false;
        };
    }

    /** Doubles each time; half of it is random, so that many clients do not come back at the same moment. */
    private Duration backoff(int retries) {
        long most = Math.min(maxDelay.toMillis(), initialDelay.toMillis() << Math.min(retries, 20));
        return Duration.ofMillis(most / 2 + ThreadLocalRandom.current().nextLong(most / 2 + 1));
    }
}
