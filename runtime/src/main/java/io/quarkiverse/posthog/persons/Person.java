package io.quarkiverse.posthog.persons;

import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import com.fasterxml.jackson.annotation.JsonAnyGetter;
import com.fasterxml.jackson.annotation.JsonAnySetter;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import com.fasterxml.jackson.databind.annotation.JsonNaming;

/**
 * A person.
 *
 * @param uuid the UUID
 * @param numericId the numeric ID; only set by {@link Persons#get}, null in lists
 * @param name the display name in PostHog
 * @param distinctIds the distinct IDs; at most 1000 in lists, at most 10 in lists of cohort members
 * @param properties the person properties
 * @param createdAt when PostHog first saw the person
 * @param lastSeenAt when PostHog last saw the person; may be null
 * @param isIdentified whether the person is identified; null if the response does not contain it
 * @param additionalProperties all other fields of the response, by their JSON names
 */
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
public record Person(UUID uuid,
        @JsonProperty("id") @JsonDeserialize(using = NumericIdDeserializer.class) Long numericId,
        String name, List<String> distinctIds, Map<String, Object> properties, Instant createdAt, Instant lastSeenAt,
        Boolean isIdentified, @JsonAnySetter @JsonAnyGetter Map<String, Object> additionalProperties) {

    public Person {
        distinctIds = distinctIds == null ? List.of() : Collections.unmodifiableList(distinctIds);
        properties = properties == null ? Map.of() : Collections.unmodifiableMap(properties);
        additionalProperties = additionalProperties == null ? Map.of() : Collections.unmodifiableMap(additionalProperties);
    }
}
