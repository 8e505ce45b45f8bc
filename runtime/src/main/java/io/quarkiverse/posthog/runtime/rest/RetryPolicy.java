package io.quarkiverse.posthog.runtime.rest;

import java.time.Duration;
import java.util.Optional;

import io.quarkiverse.posthog.PostHogApiException;
import io.quarkiverse.posthog.PostHogConnectionException;
import io.quarkiverse.posthog.runtime.config.AccountConfig.RetryConfig;

/**
 * Decides which failed requests are retried, and when.
 *
 * @param maxRetries the maximum number of retries
 * @param backoff the delays, unless {@code Retry-After} is longer
 * @param maxRetryAfter the maximum {@code Retry-After} that is respected
 * @param retriesEarly whether to retry after that time if {@code Retry-After} is longer, instead of giving up
 */
public record RetryPolicy(int maxRetries, Backoff backoff, Duration maxRetryAfter, boolean retriesEarly) {

    /** The part of each delay that is random. */
    private static final double JITTER = 0.5;

    /** The policy for requests whose caller waits for the result. */
    public static RetryPolicy of(RetryConfig config) {
        return new RetryPolicy(config.maxRetries(), backoff(config.initialDelay(), config.maxDelay()), config.maxRetryAfter(),
                false);
    }

    /** The delays between retries of a request. */
    public static Backoff backoff(Duration initialDelay, Duration maxDelay) {
        return new Backoff(initialDelay, maxDelay, JITTER);
    }

    /**
     * Returns the delay before the next retry.
     *
     * @param retries the number of retries so far
     * @return empty if the request must not be retried
     */
    public Optional<Duration> delay(Operation<?> operation, Throwable failure, int retries) {
        Duration retryAfter = failure instanceof PostHogApiException api ? api.retryAfter().orElse(null) : null;
        return isRetryable(operation, failure) && allows(retries, retryAfter) ? Optional.of(pause(retries, retryAfter))
                : Optional.empty();
    }

    /**
     * Whether a request that can succeed later may be retried.
     *
     * @param retryAfter the {@code Retry-After} of the response; null if there is none
     */
    public boolean allows(int retries, Duration retryAfter) {
        return retries < maxRetries && (retriesEarly || retryAfter == null || retryAfter.compareTo(maxRetryAfter) <= 0);
    }

    /** Returns the delay before the next retry, which is at least {@code Retry-After}. */
    public Duration pause(int retries, Duration retryAfter) {
        Duration delay = backoff.delay(retries);
        Duration least = retryAfter != null && retryAfter.compareTo(maxRetryAfter) > 0 ? maxRetryAfter : retryAfter;
        return least == null || least.compareTo(delay) < 0 ? delay : least;
    }

    /** Whether the same request may succeed later. */
    private static boolean isRetryable(Operation<?> operation, Throwable failure) {
        if (failure instanceof PostHogConnectionException) {
            return operation.retry() != Operation.Retry.IF_REJECTED && operation.retry() != Operation.Retry.NEVER;
        }
        if (!(failure instanceof PostHogApiException api)) {
            return false;
        }
        int status = api.status();
        return switch (operation.retry()) {
            case SAFE -> status == 429 || status == 500 || status == 502 || status == 503 || status == 504;
            case IF_REJECTED -> status == 429 || status == 503;
            case FLAGS -> status == 502 || status == 504;
            case NEVER -> false;
        };
    }
}
