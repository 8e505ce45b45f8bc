package io.quarkiverse.posthog.tracking;

/**
 * A description that differs between PostHog and the tracking plans.
 *
 * @param name the name of the event or the property
 * @param before the description in PostHog; empty if it has none
 * @param after the description in the tracking plans
 */
public record DescriptionChange(String name, String before, String after) {
}
