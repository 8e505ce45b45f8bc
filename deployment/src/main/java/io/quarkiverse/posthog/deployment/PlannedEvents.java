package io.quarkiverse.posthog.deployment;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Collectors;

import io.quarkiverse.posthog.tracking.PlannedEvent;
import io.quarkiverse.posthog.tracking.PlannedProperty;

/** Merges the methods that capture the same event. */
final class PlannedEvents {

    private PlannedEvents() {
    }

    /** Returns the events of all plans, ordered by name. */
    static List<PlannedEvent> of(Collection<TrackingPlanInfo> plans) {
        return plans.stream().flatMap(plan -> plan.methods().stream())
                .collect(Collectors.groupingBy(TrackedMethod::event, TreeMap::new, Collectors.toList()))
                .values().stream().map(PlannedEvents::event).toList();
    }

    private static PlannedEvent event(List<TrackedMethod> methods) {
        TrackedMethod first = methods.get(0);
        List<PlannedProperty> properties = first.properties().stream()
                .map(property -> new PlannedProperty(property.name(), description(methods, property.name()), property.type(),
                        property.optional()))
                .sorted(Comparator.comparing(PlannedProperty::name)).toList();
        return new PlannedEvent(first.event(),
                methods.stream().map(TrackedMethod::description).filter(text -> !text.isEmpty()).findFirst().orElse(""),
                properties, first.groups().stream().sorted().toList(),
                methods.stream().map(TrackedMethod::where).distinct().sorted().toList());
    }

    private static String description(List<TrackedMethod> methods, String property) {
        return methods.stream().flatMap(method -> method.properties().stream())
                .filter(other -> other.name().equals(property)).map(PlannedProperty::description)
                .filter(text -> !text.isEmpty()).findFirst().orElse("");
    }
}
