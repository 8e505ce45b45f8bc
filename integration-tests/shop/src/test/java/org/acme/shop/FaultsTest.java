package org.acme.shop;

import static org.acme.shop.Await.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

import jakarta.inject.Inject;

import org.junit.jupiter.api.Test;

import io.quarkiverse.posthog.CaptureEvent;
import io.quarkiverse.posthog.PostHog;
import io.quarkiverse.posthog.PostHogConnectionException;
import io.quarkiverse.posthog.PostHogRateLimitException;
import io.quarkiverse.posthog.PostHogServerException;
import io.quarkiverse.posthog.events.Event;
import io.quarkiverse.posthog.featureflags.NewFeatureFlag;
import io.quarkiverse.posthog.testing.Endpoint;
import io.quarkiverse.posthog.testing.RecordedRequest;
import io.quarkus.test.junit.QuarkusTest;

/** Verifies the behavior of the shop when PostHog fails. */
@QuarkusTest
class FaultsTest extends EmulatedAccounts {

    private static final String COHORTS = "/api/projects/*/cohorts";
    private static final String FLAGS = "/api/projects/*/feature_flags";

    @Inject
    PostHog posthog;

    @Test
    void readIsRetriedDuringOutage() {
        emulator.faults().fail(COHORTS, 503, 2);

        assertThat(await(posthog.cohorts().list())).hasSize(3);
        assertThat(emulator.requests()).extracting(RecordedRequest::status)
                .containsExactly(Optional.of(503), Optional.of(503), Optional.of(200));
    }

    @Test
    void readIsRetriedAfterConnectionFailure() {
        emulator.faults().dropConnections(COHORTS, 1);

        assertThat(await(posthog.cohorts().list())).hasSize(3);
    }

    @Test
    void retryAfterIsRespected() {
        emulator.faults().throttle(COHORTS, Duration.ofSeconds(2), 1);
        Instant start = Instant.now();

        assertThat(await(posthog.cohorts().list())).hasSize(3);
        assertThat(Duration.between(start, Instant.now())).isGreaterThanOrEqualTo(Duration.ofSeconds(2));
    }

    @Test
    void longRetryAfterFailsImmediately() {
        emulator.faults().throttle(COHORTS, Duration.ofHours(1), 1);

        assertThatThrownBy(() -> await(posthog.cohorts().list())).isInstanceOfSatisfying(PostHogRateLimitException.class,
                failure -> assertThat(failure.retryAfter()).contains(Duration.ofHours(1)));
        assertThat(emulator.requests()).hasSize(1);
    }

    @Test
    void creatingAFlagIsNotRetried() {
        emulator.faults().dropConnections(FLAGS, 1);

        assertThatThrownBy(() -> await(posthog.featureFlags().create(NewFeatureFlag.of("gift-wrap"))))
                .isInstanceOf(PostHogConnectionException.class);
        assertThat(emulator.requests()).hasSize(1);
    }

    @Test
    void captureIsRetriedWithTheSameUuid() {
        emulator.faults().fail(Endpoint.CAPTURE, 503, 1);

        UUID uuid = await(posthog.captureImmediate(CaptureEvent.of("sent twice", "zoe")));

        assertThat(await(posthog.events().list())).filteredOn(event -> event.event().equals("sent twice"))
                .extracting(Event::id).containsExactly(uuid);
    }

    @Test
    void permanentOutageFails() {
        emulator.faults().fail(COHORTS, 500, 10);

        assertThatThrownBy(() -> await(posthog.cohorts().list())).isInstanceOf(PostHogServerException.class)
                .hasMessageContaining("cohorts.list");
    }
}
