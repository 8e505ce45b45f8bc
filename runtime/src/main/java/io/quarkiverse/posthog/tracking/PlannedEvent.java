package io.quarkiverse.posthog.tracking;

import java.util.List;

/**
 * An event in the tracking plans.
 *
 * @param name the event name
 * @param description the description; empty if the plan has none
 * @param properties the properties, ordered by name
 * @param groups the group types that the event can belong to, in alphabetical order
 * @param methods the methods that capture the event, such as {@code org.acme.ShopEvents#orderPlaced}, in alphabetical order
 */
public record PlannedEvent(String name, String description, List<PlannedProperty> properties, List<String> groups,
        List<String> methods) {

    public PlannedEvent {
        properties = List.copyOf(properties);
        groups = List.copyOf(groups);
        methods = List.copyOf(methods);
    }
}
