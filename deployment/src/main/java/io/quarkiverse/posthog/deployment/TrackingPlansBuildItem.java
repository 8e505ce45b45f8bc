package io.quarkiverse.posthog.deployment;

import java.util.List;

import io.quarkiverse.posthog.tracking.PlannedEvent;
import io.quarkus.builder.item.SimpleBuildItem;

/** The tracking plans of the application, which are valid. */
public final class TrackingPlansBuildItem extends SimpleBuildItem {

    private final List<TrackingPlanInfo> plans;

    TrackingPlansBuildItem(List<TrackingPlanInfo> plans) {
        this.plans = List.copyOf(plans);
    }

    List<TrackingPlanInfo> plans() {
        return plans;
    }

    /** Returns the events of all plans, ordered by name. */
    public List<PlannedEvent> events() {
        return PlannedEvents.of(plans);
    }
}
