package io.quarkiverse.posthog.events;

import java.util.Collections;
import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.annotation.JsonAnyGetter;
import com.fasterxml.jackson.annotation.JsonAnySetter;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;

/**
 * The person of an event.
 *
 * @param isIdentified whether the person was identified; may be null
 * @param distinctIds at most one of the person's distinct IDs
 * @param properties the email address, name and user name, if available
 * @param additionalProperties all other fields of the response, by their JSON names
 */
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
public record EventPerson(Boolean isIdentified, List<String> distinctIds, Map<String, Object> properties,
        @JsonAnySetter @JsonAnyGetter Map<String, Object> additionalProperties) {

    public EventPerson {
        distinctIds = distinctIds == null ? List.of() : Collections.unmodifiableList(distinctIds);
        properties = properties == null ? Map.of() : Collections.unmodifiableMap(properties);
        additionalProperties = additionalProperties == null ? Map.of() : Collections.unmodifiableMap(additionalProperties);
    }
}
