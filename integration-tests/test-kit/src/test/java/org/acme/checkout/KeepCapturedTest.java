package org.acme.checkout;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.inject.Inject;

import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

import io.quarkiverse.posthog.CaptureEvent;
import io.quarkiverse.posthog.PostHog;
import io.quarkiverse.posthog.testing.KeepCapturedEvents;
import io.quarkiverse.posthog.testing.PostHogTestKit;
import io.quarkus.test.junit.QuarkusTest;

/** Verifies tests that keep the events of earlier tests. */
@QuarkusTest
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class KeepCapturedTest {

    @Inject
    PostHogTestKit posthog;

    @Inject
    PostHog application;

    @Test
    @Order(1)
    void capturesFirstEvent() {
        posthog.flags().set("new-checkout", true);
        application.capture(CaptureEvent.of("first", "ada"));
    }

    @Test
    @Order(2)
    @KeepCapturedEvents
    void keepsEventsOfEarlierTest() {
        assertThat(posthog.flags().values()).as("only what was captured is kept").isEmpty();
        application.capture(CaptureEvent.of("second", "ada"));

        posthog.assertThatEvents().hasNames("first", "second");
    }

    @Test
    @Order(3)
    void startsWithoutEvents() {
        posthog.assertNothingCaptured();
    }
}
