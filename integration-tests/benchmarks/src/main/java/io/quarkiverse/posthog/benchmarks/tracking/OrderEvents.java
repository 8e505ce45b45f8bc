package io.quarkiverse.posthog.benchmarks.tracking;

import java.util.Optional;
import java.util.UUID;

import io.quarkiverse.posthog.tracking.DistinctId;
import io.quarkiverse.posthog.tracking.EventGroup;
import io.quarkiverse.posthog.tracking.TrackedEvent;
import io.quarkiverse.posthog.tracking.TrackingPlan;

/** The measured event, with six properties. */
@TrackingPlan
public interface OrderEvents {

    @TrackedEvent("order placed")
    Optional<UUID> orderPlaced(@DistinctId String customer, String plan, String page, int items, long number,
            boolean firstOrder, double total, @EventGroup("company") String company);
}
