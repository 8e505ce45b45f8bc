package org.acme.checkout;

import static org.acme.checkout.Shop.buy;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.hamcrest.Matchers.is;

import java.time.Duration;

import jakarta.inject.Inject;

import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

import io.quarkiverse.posthog.CaptureEvent;
import io.quarkiverse.posthog.PostHog;
import io.quarkiverse.posthog.PostHogAccount;
import io.quarkiverse.posthog.PostHogConnectionException;
import io.quarkiverse.posthog.PostHogRateLimitException;
import io.quarkiverse.posthog.testing.Endpoint;
import io.quarkiverse.posthog.testing.PostHogTestKit;
import io.quarkiverse.posthog.testing.RecordedRequest;
import io.quarkus.test.junit.QuarkusTest;

/** Verifies simulated failures of PostHog. */
@QuarkusTest
class FaultsTest {

    @Inject
    PostHogTestKit posthog;

    @Inject
    @PostHogAccount("marketing")
    PostHogTestKit marketing;

    @Inject
    PostHog application;

    @Test
    void eventIsDeliveredAfterOutageWithoutDelay() {
        posthog.faults().fail(Endpoint.CAPTURE, 503, 2);

        buy("ada");

        posthog.assertThatEvents().named("purchase").hasSize(1);
        assertThat(posthog.requests(Endpoint.CAPTURE)).extracting(RecordedRequest::status)
                .extracting(status -> status.orElse(0)).containsExactly(503, 503, 200);
    }

    @Test
    void eventIsDeliveredAfterCircuitBreakerOpened() {
        posthog.faults().fail(Endpoint.CAPTURE, 500, 8);

        buy("ada");

        posthog.assertThatEvents().named("purchase").hasSize(1);
    }

    @Test
    void eventIsDeliveredAfterLongRetryAfter() {
        posthog.faults().throttle(Endpoint.CAPTURE, Duration.ofHours(1), 1);

        buy("ada");

        posthog.assertThatEvents().named("purchase").hasSize(1);
    }

    @Test
    void eventIsDeliveredAfterConnectionFailures() {
        posthog.faults().dropConnections(Endpoint.CAPTURE, 3);

        buy("ada");

        posthog.assertThatEvents().named("purchase").hasSize(1);
    }

    @Test
    void permanentOutageKeepsEvents() {
        posthog.faults().fail(Endpoint.CAPTURE, 503);
        buy("ada");

        posthog.assertThatEvents().isEmpty();
        assertThat(application.captureStatus().queued()).as("the purchase and the exposures").isGreaterThan(1);
        assertThat(application.captureStatus().lastFailure().orElseThrow()).contains("503");

        posthog.faults().clear();
        posthog.assertThatEvents().named("purchase").hasSize(1);
    }

    /** Each of them leaves an event behind that has not arrived. */
    @RepeatedTest(2)
    void undeliveredEventsAreNotKeptForTheNextTest() {
        assertThat(application.captureStatus().queued()).isZero();
        posthog.faults().fail(Endpoint.CAPTURE, 503);

        application.capture(CaptureEvent.of("left behind", "ada"));

        posthog.assertThatEvents().isEmpty();
    }

    @Test
    void rejectedEventIsDropped() {
        posthog.faults().fail("/batch/", 400, 1);

        application.capture(CaptureEvent.of("refused", "ada"));

        assertThatThrownBy(() -> posthog.assertThatEvents().hasSize(1)).hasMessageContaining("Dropped: 1 REJECTED");
    }

    @Test
    void flagsHaveDefaultValuesWhenPostHogFails() {
        posthog.flags().set("new-checkout", true);
        buy("ada").body("checkout", is("new"));

        posthog.faults().fail(Endpoint.FLAGS, 500);
        buy("ada").body("checkout", is("old"));

        posthog.faults().clear().dropConnections(Endpoint.FLAGS);
        buy("ada").body("checkout", is("old"));

        posthog.faults().clear().failFlags("new-checkout");
        buy("ada").body("checkout", is("old"));

        posthog.faults().clear().exceedFlagQuota();
        buy("ada").body("checkout", is("old"));

        posthog.faults().clear();
        buy("ada").body("checkout", is("new"));
        posthog.flags().unsetAll();
    }

    @Test
    void failingFlagsAccumulate() {
        posthog.flags().set("new-checkout", true);

        posthog.faults().failFlags("new-checkout").failFlags("gift-wrap");

        buy("ada").body("checkout", is("old"));
        posthog.flags().unsetAll();
    }

    @Test
    void retryAfterRequiresWholeSeconds() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> posthog.faults().throttle(Endpoint.API, Duration.ofMillis(1500), 1))
                .withMessageContaining("PT1.5S");
    }

    @Test
    void responsesCanBeDelayed() {
        posthog.faults().delay(Endpoint.API, Duration.ofMillis(300), 1);
        long asked = System.nanoTime();

        assertThat(application.cohorts().list().collect().asList().await().indefinitely()).hasSize(3);
        assertThat(Duration.ofNanos(System.nanoTime() - asked)).isGreaterThanOrEqualTo(Duration.ofMillis(300));
    }

    @Test
    void faultsCanApplyToPaths() {
        posthog.faults().dropConnections("/api/projects/*/feature_flags", 10)
                .throttle("/api/projects/*/cohorts", Duration.ofHours(1), 1);

        assertThatThrownBy(() -> application.featureFlags().list().collect().asList().await().indefinitely())
                .isInstanceOf(PostHogConnectionException.class);
        assertThatThrownBy(() -> application.cohorts().list().collect().asList().await().indefinitely())
                .isInstanceOf(PostHogRateLimitException.class);
    }

    @Test
    void invalidStatusIsRejected() {
        assertThatThrownBy(() -> posthog.faults().fail(Endpoint.API, 42))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'status' has to be an integer from 200 to 599");
    }

    @Test
    void otherAccountsAreNotAffected() {
        posthog.faults().fail(Endpoint.ALL, 500);

        Shop.signUp("ada@example.com");

        marketing.assertThatEvents().eventually().named("newsletter sign-up").hasSize(1);
    }
}
