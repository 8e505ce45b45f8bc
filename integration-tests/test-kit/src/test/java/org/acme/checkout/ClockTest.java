package org.acme.checkout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;

import jakarta.inject.Inject;

import org.junit.jupiter.api.Test;

import io.quarkiverse.posthog.CaptureEvent;
import io.quarkiverse.posthog.PostHog;
import io.quarkiverse.posthog.PostHogAccount;
import io.quarkiverse.posthog.testing.Endpoint;
import io.quarkiverse.posthog.testing.PostHogTestKit;
import io.quarkus.test.junit.QuarkusTest;

/** Verifies the clock of the test kit, with which no test waits for the intervals of the application. */
@QuarkusTest
class ClockTest {

    private static final Duration MUCH_LONGER = Duration.ofHours(1);

    @Inject
    PostHogTestKit posthog;

    @Inject
    PostHog application;

    @Inject
    @PostHogAccount("marketing")
    PostHogTestKit marketing;

    @Inject
    @PostHogAccount("marketing")
    PostHog applicationOfMarketing;

    @Test
    void clockTriggersFlushInterval() {
        application.capture(CaptureEvent.of("waiting", "ada"));

        posthog.clock().advance(Duration.ofSeconds(4));
        assertThat(posthog.requests(Endpoint.CAPTURE)).isEmpty();

        posthog.clock().advance(Duration.ofSeconds(2));
        posthog.eventually(() -> assertThat(posthog.requests(Endpoint.CAPTURE)).hasSize(1));
        assertThat(application.captureStatus().queued()).isZero();
    }

    @Test
    void clockTriggersRetry() {
        posthog.faults().fail(Endpoint.CAPTURE, 503, 1);
        application.capture(CaptureEvent.of("waiting", "ada"));
        application.flush().await().indefinitely();
        assertThat(application.captureStatus().pausedUntil()).isPresent();

        posthog.clock().advance(MUCH_LONGER);

        posthog.eventually(() -> assertThat(application.captureStatus().queued()).isZero());
        assertThat(posthog.requests(Endpoint.CAPTURE)).hasSize(2);
    }

    @Test
    void clockTriggersRetryOfRead() {
        posthog.faults().throttle(Endpoint.API, Duration.ofSeconds(20), 1);
        var cohorts = application.cohorts().list().collect().asList().subscribeAsCompletionStage();
        posthog.eventually(() -> assertThat(posthog.requests(Endpoint.API)).hasSize(1));

        posthog.eventually(() -> {
            posthog.clock().advance(MUCH_LONGER);
            assertThat(cohorts).isCompletedWithValueMatching(it -> it.size() == 3);
        });
    }

    @Test
    void clockDoesNotChangeTimestamps() {
        posthog.clock().advance(MUCH_LONGER);

        application.capture(CaptureEvent.of("now", "ada"));

        assertThat(posthog.assertThatEvents().singleElement().timestamp())
                .isBetween(Instant.now().minusSeconds(60), Instant.now().plusSeconds(1));
    }

    @Test
    void clocksOfAccountsAreIndependent() {
        application.capture(CaptureEvent.of("waiting", "ada"));
        applicationOfMarketing.capture(CaptureEvent.of("waiting", "ada"));

        marketing.clock().advance(MUCH_LONGER);

        marketing.eventually(() -> assertThat(applicationOfMarketing.captureStatus().queued()).isZero());
        assertThat(application.captureStatus().queued()).isEqualTo(1);
    }

    @Test
    void clockCannotBeTurnedBack() {
        assertThatThrownBy(() -> posthog.clock().advance(Duration.ofSeconds(-1)))
                .isInstanceOf(IllegalArgumentException.class).hasMessage("The clock cannot be turned back: PT-1S");
    }
}
