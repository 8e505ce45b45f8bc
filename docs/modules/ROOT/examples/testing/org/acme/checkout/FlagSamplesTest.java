package org.acme.checkout;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.Map;

import jakarta.inject.Inject;

import org.junit.jupiter.api.Test;

import io.quarkiverse.posthog.testing.PostHogTestKit;
import io.quarkiverse.posthog.testing.WithFlag;
import io.quarkus.test.junit.QuarkusTest;

// tag::annotations[]
@QuarkusTest
@WithFlag("new-checkout") // <1>
class FlagSamplesTest {

    @Inject
    PostHogTestKit posthog;

    @Test
    @WithFlag(key = "new-checkout", enabled = false) // <2>
    @WithFlag(key = "discount", variant = "high", payload = "{\"percent\": 20}")
    void theOldCheckoutHasDiscounts() {
        assertThat(buy()).isEqualTo(new CheckoutResource.Confirmation("old", new BigDecimal("20")));
    }
    // end::annotations[]

    @Test
    void flags() {
        // tag::flags[]
        posthog.flags().set("new-checkout", true);
        posthog.flags().set("discount", true, Map.of("percent", 20)); // <1>
        posthog.flags().variant("hero-banner", "summer");
        posthog.flags().unset("hero-banner"); // <2>
        // end::flags[]
        assertThat(buy()).isEqualTo(new CheckoutResource.Confirmation("new", new BigDecimal("20")));
    }

    @Inject
    CheckoutResource checkout;

    private CheckoutResource.Confirmation buy() {
        return checkout.buy(new CheckoutResource.Order("user-123", "acme", BigDecimal.TEN)).await().indefinitely();
    }
}
