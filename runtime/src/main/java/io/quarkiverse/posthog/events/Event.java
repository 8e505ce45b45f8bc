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
 * @param id the UUID of the event
 * @param event the event name
 * @param distinctId the distinct ID of the event
 * @param timestamp when it happened, to the microsecond
 * @param properties the event properties; decimal numbers are {@link java.math.BigDecimal}s
 * @param person the person; null unless requested with {@link EventQuery#includePerson}
 * @param elements the page elements that autocapture recorded
 * @param elementsChain the page elements as text
 * @param additionalProperties all other fields of the response, by their JSON names
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
