package org.acme.checkout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;

import jakarta.inject.Inject;

import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

import io.quarkiverse.posthog.CaptureEvent;
import io.quarkiverse.posthog.PostHog;
import io.quarkiverse.posthog.testing.Endpoint;
import io.quarkiverse.posthog.testing.PostHogTestKit;
import io.quarkiverse.posthog.testing.WithFlag;
import io.quarkus.test.junit.QuarkusTest;

/** Verifies that an aborted test leaves no state behind. Aborting stands for failing, which JUnit treats in the same way. */
@QuarkusTest
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class BrokenOffTest {

    @Inject
    PostHogTestKit posthog;

    @Inject
    PostHog application;

    @Test
    @Order(1)
    @WithFlag("by-annotation")
    void abortsAfterChangingState() {
        posthog.flags().set("by-hand", true);
        posthog.faults().fail(Endpoint.ALL, 503).exceedFlagQuota();
        application.capture(CaptureEvent.of("left behind", "ada"));
        posthog.flush();

        abort("as it is meant to");
    }

    @Test
    @Order(2)
    void stateIsRemoved() {
        assertThat(application.captureStatus().queued()).isZero();
        assertThat(posthog.events()).isEmpty();
        assertThat(posthog.flags().values()).isEmpty();
        assertThat(application.getFeatureFlag("by-annotation", "ada").await().indefinitely()).isNull();
        assertThat(application.evaluateFlags("ada").await().indefinitely().errors()).isEmpty();
    }
}
