package org.acme.checkout;

import static org.acme.checkout.Shop.buy;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.is;

import java.time.Duration;
import java.util.Map;

import jakarta.inject.Inject;

import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

import io.quarkiverse.posthog.PostHog;
import io.quarkiverse.posthog.testing.CapturedEvent;
import io.quarkiverse.posthog.testing.Endpoint;
import io.quarkiverse.posthog.testing.PostHogTestKit;
import io.quarkiverse.posthog.testing.WithFlag;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;

/** Verifies the test kit with local evaluation and capture protocol v1. */
@QuarkusTest
@TestProfile(LocalEvaluationTest.Locally.class)
class LocalEvaluationTest {

    @Inject
    PostHogTestKit posthog;

    @Inject
    PostHog application;

    @RepeatedTest(2)
    void flagValueTakesEffectImmediatelyAndIsRemovedAfterTheTest() {
        assertThat(application.evaluateFlagsLocally("ada").keys()).doesNotContain("invented");

        posthog.flags().set("invented", true);

        assertThat(application.evaluateFlagsLocally("ada").isEnabled("invented")).isTrue();
    }

    @Test
    @WithFlag("new-checkout")
    @WithFlag(key = "discount", variant = "high", payload = "{\"percent\": 20}")
    void annotationsApply() {
        buy("ada").body("checkout", is("new")).body("discount", is(20));

        posthog.assertThatExposures().forFlag("new-checkout").withProperty("locally_evaluated", true).hasSize(1);
    }

    @Test
    void clockTriggersPolling() {
        int before = posthog.requests(Endpoint.FLAG_DEFINITIONS).size();

        posthog.clock().advance(Duration.ofSeconds(40));

        posthog.eventually(() -> assertThat(posthog.requests(Endpoint.FLAG_DEFINITIONS)).hasSizeGreaterThan(before));
    }

    @Test
    void quotaCanBeExceeded() {
        posthog.faults().exceedFlagQuota();
        assertThat(application.flagDefinitionsStatus().loaded()).isFalse();

        posthog.faults().clear();
        assertThat(application.flagDefinitionsStatus().loaded()).isTrue();
    }

    @Test
    void retriedEventsAreDeliveredWithProtocolV1() {
        posthog.faults().fail(Endpoint.CAPTURE, 503, 2);

        buy("ada");

        CapturedEvent purchase = posthog.assertThatEvents().named("purchase").singleElement();
        assertThat(purchase.endpoint()).isEqualTo("/i/v1/analytics/events");
        assertThat(posthog.requests(Endpoint.CAPTURE)).hasSize(3);
    }

    /** As with a secure key in production. */
    public static class Locally implements QuarkusTestProfile {

        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of("quarkus.posthog.flags.local-evaluation", "true", "quarkus.posthog.capture.protocol", "v1");
        }
    }
}
