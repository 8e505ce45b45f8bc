package io.quarkiverse.posthog.test.tracking;

import java.math.BigDecimal;
import java.time.DayOfWeek;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

import io.quarkiverse.posthog.tracking.DistinctId;
import io.quarkiverse.posthog.tracking.EventGroup;
import io.quarkiverse.posthog.tracking.EventProperty;
import io.quarkiverse.posthog.tracking.EventTimestamp;
import io.quarkiverse.posthog.tracking.TrackedEvent;
import io.quarkiverse.posthog.tracking.TrackingPlan;
import io.smallrye.mutiny.Uni;

/** A plan with every kind of parameter. It is not public. */
@TrackingPlan(description = "Events of the shop")
interface ShopEvents {

    @TrackedEvent(value = "order placed", description = "A customer paid | or chose an invoice")
    void orderPlaced(@DistinctId String customer, @EventProperty(value = "amount", description = "In euros") BigDecimal amount,
            Optional<String> coupon, @EventGroup("company") String company, @EventTimestamp Instant at);

    @TrackedEvent("product viewed")
    Optional<UUID> productViewed(String product);

    @TrackedEvent("account deleted")
    Uni<UUID> accountDeleted(@DistinctId String customer);

    @TrackedEvent("values sent")
    void valuesSent(@DistinctId String customer, boolean flag, char letter, long count, double ratio, Integer boxed,
            DayOfWeek day, UUID id, Instant time, List<String> tags, Map<String, Integer> sizes,
            @EventGroup("team") Optional<String> team);

    static String name() {
        return "a static method is not an event";
    }
}
