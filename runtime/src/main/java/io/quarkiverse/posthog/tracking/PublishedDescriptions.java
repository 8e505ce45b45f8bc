package io.quarkiverse.posthog.tracking;

import java.util.List;

/**
 * The result of publishing descriptions.
 *
 * @param events the names of the events whose descriptions were changed in PostHog
 * @param properties the names of the properties whose descriptions were changed in PostHog
 * @param missing the names of the events and properties with a description that have no definition in PostHog yet
 */
public record PublishedDescriptions(List<String> events, List<String> properties, List<String> missing) {

    public PublishedDescriptions {
        events = List.copyOf(events);
        properties = List.copyOf(properties);
        missing = List.copyOf(missing);
    }
}
