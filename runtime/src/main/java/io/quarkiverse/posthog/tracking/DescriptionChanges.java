package io.quarkiverse.posthog.tracking;

import java.util.List;

/**
 * The differences between the descriptions in the tracking plans and in PostHog.
 *
 * @param events the events whose descriptions differ, ordered by name
 * @param properties the properties whose descriptions differ, ordered by name
 * @param missing the names of the events and properties with a description that have no definition in PostHog yet
 */
public record DescriptionChanges(List<DescriptionChange> events, List<DescriptionChange> properties, List<String> missing) {

    public DescriptionChanges {
        events = List.copyOf(events);
        properties = List.copyOf(properties);
        missing = List.copyOf(missing);
    }
}
