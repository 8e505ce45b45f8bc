package org.acme.checkout;

import static org.acme.checkout.Shop.buy;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;

import jakarta.inject.Inject;

import org.junit.jupiter.api.Test;

import io.quarkiverse.posthog.CaptureEvent;
import io.quarkiverse.posthog.PostHog;
import io.quarkiverse.posthog.testing.Endpoint;
import io.quarkiverse.posthog.testing.PostHogTestKit;
import io.quarkus.test.junit.QuarkusTest;

@QuarkusTest
class FailureSamplesTest {

    @Inject
    PostHogTestKit posthog;

    @Inject
    PostHog application;

    // tag::faults[]
    @Test
    void anOutageDelaysAnEventOnly() {
        posthog.faults().fail(Endpoint.CAPTURE, 503, 2); // <1>

        buy("user-123");

        posthog.assertThatEvents().named("purchase").hasSize(1); // <2>
    }

    @Test
    void customersBuyWithoutPostHog() {
        posthog.faults().dropConnections(Endpoint.ALL); // <3>

        buy("user-123").statusCode(201);
    }
    // end::faults[]

    @Test
    void otherFaults() {
        // tag::others[]
        posthog.faults().delay(Endpoint.FLAGS, Duration.ofSeconds(5), 1);
        posthog.faults().throttle("/api/projects/*/persons", Duration.ofSeconds(30), 1);
        posthog.faults().failFlags("new-checkout");
        posthog.faults().exceedFlagQuota();
        posthog.faults().clear();
        // end::others[]
        assertThat(application.evaluateFlags("user-123").await().indefinitely().errors()).isEmpty();
    }

    // tag::clock[]
    @Test
    void anEventWaitsForOthers() {
        application.capture(CaptureEvent.of("page viewed", "user-123"));
        assertThat(posthog.requests(Endpoint.CAPTURE)).isEmpty();

        posthog.clock().advance(Duration.ofSeconds(5));

        posthog.eventually(() -> assertThat(posthog.requests(Endpoint.CAPTURE)).hasSize(1));
    }
    // end::clock[]
}
