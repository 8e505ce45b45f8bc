package io.quarkiverse.posthog.runtime.check;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.quarkiverse.posthog.check.Check;
import io.quarkiverse.posthog.check.CheckId;
import io.quarkiverse.posthog.runtime.resources.StoredDefinition;
import io.quarkiverse.posthog.runtime.support.LogText;
import io.quarkiverse.posthog.tracking.PlannedEvent;
import io.quarkiverse.posthog.tracking.PlannedProperty;

/** Compares the tracking plans of an account with the definitions that PostHog derives from the events it has received. */
final class TrackingPlanCheck {

    private TrackingPlanCheck() {
    }

    static Check check(List<PlannedEvent> plan, ProbeResult<List<StoredDefinition>> events,
            ProbeResult<List<StoredDefinition>> properties) {
        if (plan.isEmpty()) {
            return CheckResults.skipped(CheckId.TRACKING_PLAN, "no tracking plan is injected for the account");
        }
        if (!events.isSent()) {
            return CheckResults.skipped(CheckId.TRACKING_PLAN, "not checked, because the personal API key is not set");
        }
        for (ProbeResult<?> result : List.of(events, properties)) {
            if (!result.isSuccess()) {
                return unread(result);
            }
        }
        Set<String> different = differentTypes(plan, properties.body());
        if (!different.isEmpty()) {
            return CheckResults.warning(CheckId.TRACKING_PLAN,
                    "PostHog has other types for properties of the tracking plan, and"
                            + " filters them by these types: " + String.join(", ", different),
                    "change the type of the property in PostHog, or rename it in the tracking plan");
        }
        Set<String> captured = events.body().stream().map(StoredDefinition::name).collect(Collectors.toSet());
        List<String> missing = plan.stream().map(PlannedEvent::name).filter(name -> !captured.contains(name)).toList();
        String found = plan.size() - missing.size() + " of " + plan.size() + " planned events have arrived in PostHog";
        return missing.isEmpty() ? CheckResults.ok(CheckId.TRACKING_PLAN, found)
                : CheckResults.ok(CheckId.TRACKING_PLAN, found, "capture the others to verify them: "
                        + missing.stream().map(LogText::of).collect(Collectors.joining(", ")));
    }

    private static Check unread(ProbeResult<?> result) {
        return result.missingScope().map(scope -> CheckResults.skipped(CheckId.TRACKING_PLAN,
                "not checked, because the personal API key lacks the scope " + scope,
                "to compare the tracking plan with PostHog, add the scope to the key in PostHog"))
                .orElseGet(() -> CheckResults.skipped(CheckId.TRACKING_PLAN, "could not be checked: "
                        + ConnectionFailureClassifier.message(result.failure())));
    }

    private static Set<String> differentTypes(List<PlannedEvent> plan, List<StoredDefinition> stored) {
        Map<String, String> types = new HashMap<>();
        stored.forEach(definition -> types.put(definition.name(), definition.propertyType()));
        Stream<PlannedProperty> typed = plan.stream().flatMap(event -> event.properties().stream())
                .filter(property -> property.type().isDefinedByPostHog());
        return typed.filter(property -> types.get(property.name()) != null
                && !types.get(property.name()).equals(property.type().title()))
                .map(property -> "'" + LogText.of(property.name()) + "' (" + property.type().title() + ", in PostHog "
                        + LogText.of(types.get(property.name())) + ")")
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
