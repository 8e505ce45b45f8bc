package io.quarkiverse.posthog.tracking;

/**
 * A property of an event in the tracking plans.
 *
 * @param name the property name
 * @param description the description; empty if the plan has none
 * @param type the type
 * @param optional whether the plan declares it as {@link java.util.Optional}
 */
public record PlannedProperty(String name, String description, PropertyType type, boolean optional) {
}
