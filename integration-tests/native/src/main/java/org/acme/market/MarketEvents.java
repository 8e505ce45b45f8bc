package org.acme.market;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

import io.quarkiverse.posthog.tracking.DistinctId;
import io.quarkiverse.posthog.tracking.EventGroup;
import io.quarkiverse.posthog.tracking.EventTimestamp;
import io.quarkiverse.posthog.tracking.TrackedEvent;
import io.quarkiverse.posthog.tracking.TrackingPlan;
import io.smallrye.mutiny.Uni;

/** The typed events of the market. */
@TrackingPlan
public interface MarketEvents {

    /** How an order is paid. */
    enum Payment {
        CARD,
        INVOICE
    }

    @TrackedEvent("order placed")
    void orderPlaced(@DistinctId String customer, BigDecimal amount, Payment payment, Optional<String> coupon,
            List<String> products, @EventGroup("company") String company, @EventTimestamp Instant placedAt);

    @TrackedEvent("order paid")
    Uni<UUID> orderPaid(@DistinctId String customer, Map<String, Integer> quantities);
}
