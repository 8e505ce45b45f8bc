package org.acme.checkout;

import static org.acme.checkout.Shop.buy;
import static org.acme.checkout.Shop.signUp;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.hamcrest.Matchers.is;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;

import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

import io.quarkiverse.posthog.testing.Endpoint;
import io.quarkiverse.posthog.testing.PostHogTestKit;
import io.quarkiverse.posthog.testing.RecordedRequest;
import io.quarkiverse.posthog.testing.WithFlag;
import io.quarkus.test.junit.QuarkusIntegrationTest;

/** Verifies the test kit with an application in another process. */
@QuarkusIntegrationTest
class PackagedCheckoutIT {

    private final PostHogTestKit posthog = PostHogTestKit.of();
    private final PostHogTestKit marketing = PostHogTestKit.of("marketing");

    @RepeatedTest(3)
    void waitsForEventsOfThisTestOnly() {
        buy("ada");

        posthog.assertThatEvents().named("purchase").withDistinctId("ada").withProperty("amount", 49.99).hasSize(1);
        posthog.assertThatExposures().forFlag("discount").isEmpty();
    }

    @Test
    void eachAccountHasItsOwnEvents() {
        signUp("ada@example.com");

        marketing.assertThatEvents().named("newsletter sign-up").withDistinctId("ada@example.com").hasSize(1);
        posthog.assertNothingCaptured();
    }

    @RepeatedTest(2)
    void flagValuesAreRemovedAfterTheTest() {
        assertThat(posthog.flags().values()).isEmpty();

        posthog.flags().set("new-checkout", true).set("discount", true, Map.of("percent", 20));

        buy("ada").body("checkout", is("new")).body("discount", is(20));
    }

    @Test
    @WithFlag("new-checkout")
    @WithFlag(key = "discount", payload = "{\"percent\": 5}")
    void annotationsApply() {
        buy("ada").body("checkout", is("new")).body("discount", is(5));
    }

    @Nested
    @WithFlag("new-checkout")
    class Inside {

        @Test
        void annotationsOfNestedClassesApply() {
            buy("ada").body("checkout", is("new"));
        }
    }

    @Test
    void faultsAreSimulated() {
        posthog.faults().fail(Endpoint.FLAGS, 500).fail(Endpoint.CAPTURE, 503, 1);

        buy("ada").body("checkout", is("old"));

        posthog.assertThatEvents().named("purchase").hasSize(1);
        assertThat(posthog.requests(Endpoint.CAPTURE)).extracting(RecordedRequest::status).contains(Optional.of(503));
    }

    @Test
    void clockCannotBeAdvanced() {
        assertThatThrownBy(() -> posthog.clock().advance(Duration.ofSeconds(5)))
                .isInstanceOf(UnsupportedOperationException.class).hasMessageContaining("runs in another process");
    }

    @Test
    void missingAccountIsRejected() {
        assertThatThrownBy(() -> PostHogTestKit.of("sales").events()).isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("account 'sales' has none: it has no host");
    }
}
