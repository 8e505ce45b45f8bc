package org.acme.checkout;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;

import jakarta.inject.Inject;

import org.junit.jupiter.api.Test;

import io.quarkiverse.posthog.CaptureEvent;
import io.quarkiverse.posthog.PostHogAccount;
import io.quarkiverse.posthog.testing.CapturedEvent;
import io.quarkiverse.posthog.testing.Endpoint;
import io.quarkiverse.posthog.testing.PostHogTestKit;
import io.quarkus.test.junit.QuarkusTest;

@QuarkusTest
class CapturedSamplesTest {

    // tag::accounts[]
    @Inject
    PostHogTestKit posthog;

    @Inject
    @PostHogAccount("marketing")
    PostHogTestKit marketing;

    // end::accounts[]
    @Inject
    CheckoutResource checkout;

    @Inject
    NewsletterResource newsletter;

    @Test
    void events() {
        buy("user-123");

        // tag::events[]
        posthog.assertThatEvents().named("purchase").hasSize(1); // <1>
        posthog.assertThatEvents().withDistinctId("user-123").withProperty("amount", 49.99).withoutProperty("coupon")
                .hasSize(1);
        posthog.assertThatEvents().withGroup("company", "acme").withPersonProperty("customer", true).hasSize(1); // <2>
        posthog.assertThatEvents().matching("are negative", event -> amount(event).signum() < 0).isEmpty();

        CapturedEvent purchase = posthog.assertThatEvents().named("purchase").singleElement(); // <3>
        assertThat(purchase.properties()).containsEntry("checkout", "old");
        // end::events[]
    }

    @Test
    void nothing() {
        // tag::nothing[]
        posthog.assertNothingCaptured();
        // end::nothing[]
    }

    @Test
    void later() {
        newsletter.signUp("user@example.com");

        // tag::later[]
        marketing.assertThatEvents().eventually().named("newsletter sign-up").hasSize(1); // <1>
        marketing.eventually(() -> assertThat(marketing.person("user@example.com")).isPresent()); // <2>
        // end::later[]
    }

    @Test
    void persons() {
        buy("user-123");

        // tag::persons[]
        assertThat(posthog.person("user-123").orElseThrow().property("customer")).isEqualTo(true);
        posthog.assertThatExposures().withDistinctId("user-123").forFlag("new-checkout").withValue(false).hasSize(1);
        assertThat(posthog.requests(Endpoint.FLAGS)).hasSize(1);
        // end::persons[]
    }

    @Test
    void stored() {
        // tag::stored[]
        posthog.storeEvents(CaptureEvent.of("purchase", "user-123").timestamp(Instant.now().minus(Duration.ofHours(1))));
        posthog.storePerson("user-123", Map.of("plan", "pro"));
        // end::stored[]
        posthog.assertNothingCaptured();
    }

    private void buy(String customer) {
        // The demo shop has this flag on for half of its customers
        posthog.flags().set("new-checkout", false);
        checkout.buy(new CheckoutResource.Order(customer, "acme", new BigDecimal("49.99"))).await().indefinitely();
    }

    private static BigDecimal amount(CapturedEvent event) {
        return event.property("amount") instanceof BigDecimal amount ? amount : BigDecimal.ZERO;
    }
}
