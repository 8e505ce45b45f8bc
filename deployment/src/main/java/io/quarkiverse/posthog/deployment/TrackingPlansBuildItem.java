package io.quarkiverse.posthog.deployment;

import java.util.List;
import java.util.Set;

import org.jboss.jandex.DotName;

import io.quarkiverse.posthog.tracking.PlannedEvent;
import io.quarkus.builder.item.SimpleBuildItem;

/** The tracking plans of the application, which are valid. */
public final class TrackingPlansBuildItem extends SimpleBuildItem {

    private final List<TrackingPlanInfo> plans;
    private final Set<DotName> records;

    TrackingPlansBuildItem(List<TrackingPlanInfo> plans, Set<DotName> records) {
        this.plans = List.copyOf(plans);
        this.records = Set.copyOf(records);
    }

    List<TrackingPlanInfo> plans() {
        return plans;
    }

    /** Returns the records that the plans use as types of properties. */
    Set<DotName> records() {
        return records;
    }

    /** Returns the events of all plans, ordered by name. */
    public List<PlannedEvent> events() {
        return PlannedEvents.of(plans);
    }
}
