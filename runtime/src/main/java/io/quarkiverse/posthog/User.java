package io.quarkiverse.posthog;

import java.util.Collections;
import java.util.Map;
import java.util.UUID;

import com.fasterxml.jackson.annotation.JsonAnyGetter;
import com.fasterxml.jackson.annotation.JsonAnySetter;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;

/**
 * A user of PostHog itself, such as the one who created a feature flag. Not a person behind events.
 *
 * @param id the numeric id
 * @param uuid the uuid
 * @param distinctId the user's distinct id in PostHog's own analytics, may be null
 * @param firstName the first name
 * @param lastName the last name, may be null
 * @param email the e-mail address
 * @param additionalProperties every other field PostHog sent, by its JSON name
 */
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
public record User(Long id, UUID uuid, String distinctId, String firstName, String lastName, String email,
        @JsonAnySetter @JsonAnyGetter Map<String, Object> additionalProperties) {

    public User {
        additionalProperties = additionalProperties == null ? Map.of() : Collections.unmodifiableMap(additionalProperties);
    }
}
