package io.quarkiverse.posthog.deployment;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

import io.quarkiverse.posthog.tracking.PlannedProperty;

/** Finds declarations that contradict each other, over all tracking plans. */
final class TrackingPlanConflicts {

    private record Declaration(String where, PlannedProperty property) {
    }

    private final List<String> problems = new ArrayList<>();

    private TrackingPlanConflicts() {
    }

    /** Returns the problems: events with two shapes, and properties with two types or descriptions. */
    static List<String> find(List<TrackingPlanInfo> plans) {
        TrackingPlanConflicts conflicts = new TrackingPlanConflicts();
        Map<String, TrackedMethod> events = new HashMap<>();
        Map<String, Declaration> types = new HashMap<>();
        Map<String, Declaration> descriptions = new HashMap<>();
        for (TrackingPlanInfo plan : plans) {
            for (TrackedMethod method : plan.methods()) {
                if (!method.event().isBlank()) {
                    TrackedMethod other = events.putIfAbsent(method.event(), method);
                    if (other != null) {
                        conflicts.compare(other, method);
                    }
                }
                method.properties().forEach(property -> conflicts.compare(types, descriptions, method.where(), property));
            }
        }
        return conflicts.problems;
    }

    private void compare(TrackedMethod one, TrackedMethod other) {
        String event = "event '" + other.event() + "' ";
        if (!shape(one).equals(shape(other))) {
            problems.add(other.where() + ": " + event + "has the properties and groups " + shape(other) + ", but in "
                    + one.where() + " " + shape(one) + "; declare the same in both, or rename one of the events");
        }
        if (!one.description().isEmpty() && !other.description().isEmpty()
                && !one.description().equals(other.description())) {
            problems.add(other.where() + ": " + event + "has another description than in " + one.where()
                    + "; describe it once");
        }
    }

    private static String shape(TrackedMethod method) {
        TreeSet<String> shape = new TreeSet<>();
        method.properties().forEach(property -> shape
                .add(property.name() + " (" + property.type().title() + (property.optional() ? ", optional)" : ")")));
        method.groups().forEach(group -> shape.add(group + " (group)"));
        return shape.toString();
    }

    /** PostHog has one definition for all properties with the same name. */
    private void compare(Map<String, Declaration> types, Map<String, Declaration> descriptions, String where,
            PlannedProperty property) {
        Declaration declaration = new Declaration(where, property);
        Declaration typed = types.putIfAbsent(property.name(), declaration);
        if (typed != null && typed.property().type() != property.type() && !typed.where().equals(where)) {
            problems.add(where + ": property '" + property.name() + "' has the type " + property.type().title() + ", but in "
                    + typed.where() + " " + typed.property().type().title()
                    + "; PostHog has one type for each property name, so rename one of the properties");
        }
        if (!property.description().isEmpty()) {
            Declaration described = descriptions.putIfAbsent(property.name(), declaration);
            if (described != null && !described.property().description().equals(property.description())) {
                problems.add(where + ": property '" + property.name() + "' has another description than in "
                        + described.where() + "; PostHog has one description for each property name, so describe it once");
            }
        }
    }
}
