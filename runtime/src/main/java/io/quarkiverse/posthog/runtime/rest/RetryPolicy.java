package io.quarkiverse.posthog.runtime.rest;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;

import io.quarkiverse.posthog.PostHogApiException;
import io.quarkiverse.posthog.PostHogConnectionException;
import io.quarkiverse.posthog.runtime.config.AccountConfig.RetryConfig;

/** Which failures are worth another try, and when. */
final class RetryPolicy {

    private final RetryConfig config;

    RetryPolicy(RetryConfig config) {
        this.config = config;
    }

    /**
     * How long to wait before the request is sent again.
     *
     * @param retries how often it was repeated already
     * @return empty when it must not be repeated
     */
    Optional<Duration> delay(Operation operation, Throwable failure, int retries) {
        if (retries >= config.maxRetries() || !repeats(operation.repeat(), failure)) {
            return Optional.empty();
        }
        Duration backoff = backoff(retries);
        Optional<Duration> asked = failure instanceof PostHogApiException api ? api.retryAfter() : Optional.empty();
        if (asked.isPresent() && asked.get().compareTo(config.maxRetryAfter()) > 0) {
            return Optional.empty();
        }
        // What PostHog asks for is the least to wait
        return Optional.of(asked.filter(wait -> wait.compareTo(backoff) > 0).orElse(backoff));
    }

    private static boolean repeats(Operation.Repeat repeat, Throwable failure) {
        if (failure instanceof PostHogConnectionException) {
            return repeat != Operation.Repeat.WHEN_REFUSED;
        }
        if (!(failure instanceof PostHogApiException api)) {
            return false;
        }
        int status = api.status();
        return switch (repeat) {
            case SAFE -> status == 429 || status == 500 || status == 502 || status == 503 || status == 504;
            case WHEN_REFUSED -> status == 429 || status == 503;
            case CAPTURE -> status == 408 || status == 429 || status >= 500;
        };
    }

    /** Doubles each time; half of it is random, so that many clients do not come back at the same moment. */
    private Duration backoff(int retries) {
        long most = Math.min(config.maxDelay().toMillis(), config.initialDelay().toMillis() << Math.min(retries, 20));
        return Duration.ofMillis(most / 2 + ThreadLocalRandom.current().nextLong(most / 2 + 1));
    }
}
