package org.acme.checkout;

import static org.acme.checkout.Shop.buy;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.hamcrest.Matchers.is;

import java.util.Map;

import jakarta.inject.Inject;

import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

import io.quarkiverse.posthog.PostHog;
import io.quarkiverse.posthog.flags.FlagValue;
import io.quarkiverse.posthog.testing.PostHogTestKit;
import io.quarkus.test.junit.QuarkusTest;

/** Verifies flag values that a test sets. */
@QuarkusTest
class FlagsTest {

    @Inject
    PostHogTestKit posthog;

    @Inject
    PostHog application;

    @RepeatedTest(2)
    void flagValueIsRemovedAfterTheTest() {
        assertThat(posthog.flags().values()).isEmpty();

        posthog.flags().set("new-checkout", true);

        buy("ada").body("checkout", is("new"));
        posthog.flags().set("new-checkout", false);
        buy("ada").body("checkout", is("old"));
        assertThat(posthog.flags().values()).containsExactly(Map.entry("new-checkout", false));
    }

    @Test
    void setsPayload() {
        posthog.flags().set("discount", true, Map.of("percent", 20));
        buy("ada").body("discount", is(20));

        posthog.flags().set("discount", true, null);
        buy("ada").body("discount", is(0));
    }

    @Test
    void setsVariant() {
        posthog.flags().variant("hero-banner", "winter")
                .variant("discount", "high", new CheckoutResource.Discount(null));

        assertThat(value("hero-banner")).isEqualTo(FlagValue.of("winter"));
        assertThat(value("discount")).isEqualTo(FlagValue.of("high"));
        assertThat(posthog.flags().values()).hasToString("{discount=high, hero-banner=winter}");
    }

    @Test
    void unsetRestoresTheDefinedValue() {
        FlagValue before = value("free-shipping");
        posthog.flags().variant("free-shipping", "sometimes").set("invented", true);

        posthog.flags().unset("free-shipping");

        assertThat(value("free-shipping")).isEqualTo(before);
        assertThat(value("invented")).isEqualTo(FlagValue.of(true));
        posthog.flags().unsetAll();
        assertThat(value("invented")).isNull();
    }

    @Test
    void exposuresAreCaptured() {
        posthog.flags().set("new-checkout", true);

        buy("ada");
        buy("ada");
        buy("bob");

        posthog.assertThatExposures().withDistinctId("ada").forFlag("new-checkout").withValue(true).hasSize(1);
        posthog.assertThatExposures().forFlag("new-checkout").hasSize(2);
        posthog.assertThatExposures().forFlag("hero-banner").isEmpty();
    }

    @Test
    void invalidKeyIsRejected() {
        assertThatThrownBy(() -> posthog.flags().set("new checkout", true))
                .isInstanceOf(IllegalArgumentException.class).hasMessageContaining("is not a valid flag key");
    }

    private FlagValue value(String key) {
        return application.getFeatureFlag(key, "ada").await().indefinitely();
    }
}
