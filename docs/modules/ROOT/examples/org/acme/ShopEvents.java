package org.acme;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

import io.quarkiverse.posthog.tracking.DistinctId;
import io.quarkiverse.posthog.tracking.EventGroup;
import io.quarkiverse.posthog.tracking.EventProperty;
import io.quarkiverse.posthog.tracking.EventTimestamp;
import io.quarkiverse.posthog.tracking.TrackedEvent;
import io.quarkiverse.posthog.tracking.TrackingPlan;
import io.smallrye.mutiny.Uni;

// tag::plan[]
@TrackingPlan(description = "Events of the shop")
public interface ShopEvents {

    @TrackedEvent(value = "order placed", description = "A customer confirmed an order")
    void orderPlaced(@DistinctId String customer, // <1>
            @EventProperty(value = "amount", description = "Total in euros") BigDecimal total, // <2>
            Optional<String> coupon, // <3>
            @EventGroup("company") String company, // <4>
            @EventTimestamp Instant placedAt); // <5>

    @TrackedEvent("product viewed")
    Optional<UUID> productViewed(String product); // <6>

    @TrackedEvent("account deleted")
    Uni<UUID> accountDeleted(@DistinctId String customer); // <7>
}
// end::plan[]
