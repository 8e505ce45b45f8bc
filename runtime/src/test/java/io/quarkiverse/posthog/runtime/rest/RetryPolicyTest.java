package io.quarkiverse.posthog.runtime.rest;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.quarkiverse.posthog.ApiError;
import io.quarkiverse.posthog.PostHogApiException;
import io.quarkiverse.posthog.PostHogConnectionException;
import io.quarkiverse.posthog.PostHogException;
import io.quarkiverse.posthog.PostHogMissingKeyException;
import io.quarkiverse.posthog.PostHogResponseException;
import io.quarkiverse.posthog.runtime.config.TestAccounts;
import io.quarkiverse.posthog.runtime.rest.Operation.Retry;

class RetryPolicyTest {

    private static final Set<Integer> READ = Set.of(429, 500, 502, 503, 504);
    private static final Set<Integer> WRITE = Set.of(429, 503);

    @ParameterizedTest
    @ValueSource(ints = { 300, 304, 400, 401, 402, 403, 404, 405, 408, 409, 413, 415, 422, 429, 500, 501, 502, 503, 504, 512 })
    void repeatsByStatusAndKindOfOperation(int status) {
        assertThat(delay(Retry.SAFE, answer(status, null), 0).isPresent()).isEqualTo(READ.contains(status));
        assertThat(delay(Retry.IF_REJECTED, answer(status, null), 0).isPresent()).isEqualTo(WRITE.contains(status));
    }

    @Test
    void doesNotRepeatWritesThatMayHaveArrived() {
        PostHogException lost = new PostHogConnectionException("default", "test", "gone", null);

        assertThat(delay(Retry.SAFE, lost, 0)).isPresent();
        assertThat(delay(Retry.IF_REJECTED, lost, 0)).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(Retry.class)
    void doesNotRepeatWhatWouldFailAgain(Retry retry) {
        assertThat(delay(retry, new PostHogResponseException("default", "test", "nonsense", null), 0)).isEmpty();
        assertThat(delay(retry, new PostHogMissingKeyException("default", "test", "no key"), 0)).isEmpty();
        assertThat(delay(retry, new IllegalArgumentException("blank"), 0)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = { 0, 1, 2, 3, 4, 5, 30, 63, 64, 1000 })
    void doublesTheDelayUpToItsMaximumAndMakesHalfOfItRandom(int retries) {
        long most = (long) Math.min(5000, 500 * Math.pow(2, retries));
        long shortest = Long.MAX_VALUE;
        long longest = 0;
        RetryPolicy policy = RetryPolicy.of(TestAccounts.account("retry.max-retries", "2000").config().retry());
        for (int i = 0; i < 2000; i++) {
            long delay = policy.delay(operation(Retry.SAFE), answer(503, null), retries).orElseThrow().toMillis();
            shortest = Math.min(shortest, delay);
            longest = Math.max(longest, delay);
        }

        assertThat(shortest).isBetween(most / 2, most / 2 + most / 20);
        assertThat(longest).isBetween(most - most / 20, most);
    }

    @Test
    void waitsAtLeastAsLongAsPostHogAsks() {
        assertThat(delay(Retry.IF_REJECTED, answer(429, Duration.ofSeconds(17)), 0)).hasValue(Duration.ofSeconds(17));
        assertThat(delay(Retry.SAFE, answer(429, Duration.ZERO), 0).orElseThrow())
                .isGreaterThanOrEqualTo(Duration.ofMillis(250));
        assertThat(delay(Retry.SAFE, answer(429, Duration.ofSeconds(60)), 0)).hasValue(Duration.ofSeconds(60));
    }

    @Test
    void doesNotWaitLongerThanAllowed() {
        assertThat(delay(Retry.SAFE, answer(429, Duration.ofMillis(60_001)), 0)).isEmpty();
        assertThat(delay(Retry.SAFE, answer(429, Duration.ofSeconds(Long.MAX_VALUE)), 0)).isEmpty();
        assertThat(delay(Retry.SAFE, answer(429, Duration.ofSeconds(2)), 0, "retry.max-retry-after", "1s")).isEmpty();
    }

    @Test
    void endsAfterTheLastRetry() {
        assertThat(delay(Retry.SAFE, answer(503, null), 2)).isPresent();
        assertThat(delay(Retry.SAFE, answer(503, null), 3)).isEmpty();
        assertThat(delay(Retry.SAFE, answer(503, null), 0, "retry.max-retries", "0")).isEmpty();
    }

    @Test
    void mayRepeatWithoutDelay() {
        assertThat(delay(Retry.SAFE, answer(503, null), 5, "retry.initial-delay", "0s", "retry.max-retries", "9"))
                .hasValue(Duration.ZERO);
    }

    @Test
    void doublesTheDelayOfFlagRequestsAndIgnoresRetryAfter() {
        RetryPolicy flags = new RetryPolicy(3, new Backoff(Duration.ofMillis(300), Duration.ofMinutes(5), 0), Duration.ZERO,
                true);
        PostHogApiException failure = answer(502, Duration.ofSeconds(17));

        assertThat(flags.delay(operation(Retry.FLAGS), failure, 0)).hasValue(Duration.ofMillis(300));
        assertThat(flags.delay(operation(Retry.FLAGS), failure, 1)).hasValue(Duration.ofMillis(600));
        assertThat(flags.delay(operation(Retry.FLAGS), failure, 2)).hasValue(Duration.ofMillis(1200));
        assertThat(flags.delay(operation(Retry.FLAGS), failure, 3)).isEmpty();
        assertThat(flags.delay(operation(Retry.FLAGS), answer(429, null), 0)).isEmpty();
    }

    private static Optional<Duration> delay(Retry retry, Throwable failure, int retries, String... config) {
        RetryPolicy policy = RetryPolicy.of(TestAccounts.account(config).config().retry());
        return policy.delay(operation(retry), failure, retries);
    }

    private static Operation operation(Retry retry) {
        return Operation.api("test", Operation.Limit.CRUD, retry);
    }

    private static PostHogApiException answer(int status, Duration retryAfter) {
        return new PostHogApiException(new ApiError("default", "test", status, null, null, null, null, retryAfter, Map.of()));
    }
}
