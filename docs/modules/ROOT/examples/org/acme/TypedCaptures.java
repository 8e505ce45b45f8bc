package org.acme;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.Optional;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;

import io.quarkiverse.posthog.PostHogAccount;

// tag::use[]
@Singleton
public class TypedCaptures {

    @Inject
    ShopEvents events;

    @Inject
    @PostHogAccount("marketing")
    ShopEvents marketing;

    void place(String customer, BigDecimal total) {
        events.orderPlaced(customer, total, Optional.empty(), "acme", Instant.now());
        marketing.productViewed("socks");
    }
}
// end::use[]
