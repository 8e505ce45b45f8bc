package org.acme.checkout;

import static org.acme.checkout.Shop.buy;
import static org.hamcrest.Matchers.is;

import org.junit.jupiter.api.Test;

import io.quarkiverse.posthog.testing.PostHogTestKit;
import io.quarkiverse.posthog.testing.WithFlag;
import io.quarkus.test.junit.QuarkusIntegrationTest;

// tag::packaged[]
@QuarkusIntegrationTest
class PackagedSampleIT {

    private final PostHogTestKit posthog = PostHogTestKit.of();
    private final PostHogTestKit marketing = PostHogTestKit.of("marketing");

    @Test
    @WithFlag("new-checkout")
    void aPurchaseIsCaptured() {
        buy("user-123").body("checkout", is("new"));

        posthog.assertThatEvents().named("purchase").withDistinctId("user-123").hasSize(1);
        marketing.assertThatEvents().isEmpty();
    }
}
// end::packaged[]
