package org.acme.shop;

import java.math.BigDecimal;
import java.util.List;
import java.util.UUID;

import org.acme.shop.PurchaseResource.Item;

import io.quarkiverse.posthog.tracking.DistinctId;
import io.quarkiverse.posthog.tracking.EventProperty;
import io.quarkiverse.posthog.tracking.TrackedEvent;
import io.quarkiverse.posthog.tracking.TrackingPlan;
import io.smallrye.mutiny.Uni;

/** The events of the shop. The build writes them to target/quarkus-posthog. */
@TrackingPlan(description = "Events of the shop")
public interface ShopEvents {

    String ORDER_PLACED = "order placed";

    /** The response does not wait for the event. */
    @TrackedEvent(value = ORDER_PLACED, description = "A customer placed an order")
    void orderPlaced(@DistinctId String customer,
            @EventProperty(description = "Total price of all items") BigDecimal amount,
            @EventProperty(description = "ISO 4217 code of the currency") String currency,
            @EventProperty(description = "Products with their quantities") List<Item> items);

    /** Completes when PostHog has received the event. */
    @TrackedEvent(ORDER_PLACED)
    Uni<UUID> orderPlacedAcknowledged(@DistinctId String customer, BigDecimal amount, String currency, List<Item> items);
}
