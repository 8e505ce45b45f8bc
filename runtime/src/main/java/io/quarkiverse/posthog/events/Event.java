package io.quarkiverse.posthog.events;

import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import com.fasterxml.jackson.annotation.JsonAnyGetter;
import com.fasterxml.jackson.annotation.JsonAnySetter;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;

/**
 * A captured event.
 *
 * @param id the uuid of the event
 * @param event the event name
 * @param distinctId the distinct id it was captured with
 * @param timestamp when it happened, to the microsecond
 * @param properties the event properties; decimal numbers are {@link java.math.BigDecimal}s
 * @param person the person behind it; null unless asked for with {@link EventQuery#includePerson}
 * @param elements what autocapture saw on the page
 * @param elementsChain the same as text
 * @param additionalProperties every other field PostHog sent, by its JSON name
 */
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
public record Event(UUID id, String event, String distinctId, Instant timestamp, Map<String, Object> properties,
        EventPerson person, List<EventElement> elements, String elementsChain,
        @JsonAnySetter @JsonAnyGetter Map<String, Object> additionalProperties) {

    public Event {
        properties = properties == null ? Map.of() : Collections.unmodifiableMap(properties);
        elements = elements == null ? List.of() : Collections.unmodifiableList(elements);
        additionalProperties = additionalProperties == null ? Map.of() : Collections.unmodifiableMap(additionalProperties);
    }
}
