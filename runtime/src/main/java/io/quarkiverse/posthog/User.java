package io.quarkiverse.posthog;

import java.util.Collections;
import java.util.Map;
import java.util.UUID;

import com.fasterxml.jackson.annotation.JsonAnyGetter;
import com.fasterxml.jackson.annotation.JsonAnySetter;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;

/**
 * A user of the PostHog UI, such as the creator of a feature flag. Not to be confused with the persons of events.
 *
 * @param id the numeric ID
 * @param uuid the UUID
 * @param distinctId the user's distinct ID in PostHog's own analytics, may be null
 * @param firstName the first name
 * @param lastName the last name, may be null
 * @param email the email address
 * @param additionalProperties all other fields of the response, by their JSON names
 */
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
public record User(Long id, UUID uuid, String distinctId, String firstName, String lastName, String email,
        @JsonAnySetter @JsonAnyGetter Map<String, Object> additionalProperties) {

    public User {
        additionalProperties = additionalProperties == null ? Map.of() : Collections.unmodifiableMap(additionalProperties);
    }
}
