package org.acme;

import java.math.BigDecimal;
import java.util.List;

import io.quarkiverse.posthog.tracking.DistinctId;
import io.quarkiverse.posthog.tracking.TrackedEvent;
import io.quarkiverse.posthog.tracking.TrackingPlan;

// tag::plan[]
@TrackingPlan
public interface CartEvents {

    record Item(String product, int quantity, BigDecimal price) {
    }

    @TrackedEvent("cart saved")
    void cartSaved(@DistinctId String customer, List<Item> items);

    default void cartSaved(Cart cart) {
        cartSaved(cart.owner(), cart.items());
    }
}
// end::plan[]

record Cart(String owner, List<CartEvents.Item> items) {
}
