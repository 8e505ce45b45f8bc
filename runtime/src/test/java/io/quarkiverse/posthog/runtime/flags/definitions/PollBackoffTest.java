package io.quarkiverse.posthog.runtime.flags.definitions;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;

import org.junit.jupiter.api.Test;

import io.quarkiverse.posthog.ApiError;
import io.quarkiverse.posthog.PostHogApiException;
import io.quarkiverse.posthog.PostHogConnectionException;

class PollBackoffTest {

    private final PollBackoff backoff = new PollBackoff(Duration.ofSeconds(10));

    @Test
    void doublesTheIntervalAfterRejectedRequestsUpToOneMinute() {
        assertIsAbout(20, backoff.next(rejected(401, null)));
        assertIsAbout(40, backoff.next(rejected(429, null)));
        assertIsAbout(60, backoff.next(rejected(403, null)));
        for (int i = 0; i < 100; i++) {
            assertIsAbout(60, backoff.next(rejected(401, null)));
        }
    }

    @Test
    void returnsToTheIntervalAfterEverythingElse() {
        backoff.next(rejected(429, null));
        assertIsAbout(10, backoff.next(new PostHogConnectionException("default", "flagDefinitions", "gone", null)));
        backoff.next(rejected(429, null));
        assertIsAbout(10, backoff.next(null));
        assertIsAbout(20, backoff.next(rejected(429, null)));
    }

    @Test
    void keepsAnIntervalOfMoreThanOneMinute() {
        PollBackoff slow = new PollBackoff(Duration.ofMinutes(10));

        assertIsAbout(600, slow.next(null));
        assertIsAbout(600, slow.next(rejected(401, null)));
    }

    @Test
    void waitsForRetryAfterButNotForMoreThanAnHour() {
        assertThat(backoff.next(rejected(503, Duration.ofMinutes(2)))).isEqualTo(Duration.ofMinutes(2));
        assertThat(backoff.next(rejected(503, Duration.ofDays(365)))).isEqualTo(Duration.ofHours(1));
        assertIsAbout(10, backoff.next(rejected(503, Duration.ofSeconds(1))));
    }

    private static void assertIsAbout(int seconds, Duration delay) {
        assertThat(delay).isBetween(Duration.ofMillis(seconds * 900L), Duration.ofMillis(seconds * 1100L));
    }

    private static PostHogApiException rejected(int status, Duration retryAfter) {
        return new PostHogApiException(
                new ApiError("default", "flagDefinitions", status, null, null, null, null, retryAfter, Map.of()));
    }
}
