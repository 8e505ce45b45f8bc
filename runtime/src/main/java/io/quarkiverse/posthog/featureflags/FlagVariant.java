package io.quarkiverse.posthog.featureflags;

import java.util.Collections;
import java.util.Map;

import com.fasterxml.jackson.annotation.JsonAnyGetter;
import com.fasterxml.jackson.annotation.JsonAnySetter;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import com.fasterxml.jackson.databind.annotation.JsonSerialize;

import io.smallrye.common.annotation.CheckReturnValue;

/**
 * A variant of a feature flag.
 *
 * @param key the key, which is the flag value for this variant: letters, digits and {@code _ - . /}
 * @param name the description; may be null
 * @param rolloutPercentage the percentage of persons that get this variant if the flag is on, 0 to 100
 * @param additionalProperties all other fields of the response, by their JSON names
 */
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
@JsonInclude(JsonInclude.Include.NON_NULL)
public record FlagVariant(String key, String name, @JsonSerialize(using = PercentageSerializer.class) Double rolloutPercentage,
        @JsonAnySetter @JsonAnyGetter Map<String, Object> additionalProperties) {

    public FlagVariant {
        additionalProperties = additionalProperties == null ? Map.of() : Collections.unmodifiableMap(additionalProperties);
    }

    /** Returns a variant with a percentage. */
    public static FlagVariant of(String key, double rolloutPercentage) {
        return new FlagVariant(key, null, Rollout.check(rolloutPercentage), Map.of());
    }

    /** Sets the description. */
    @CheckReturnValue
    public FlagVariant name(String name) {
        return new FlagVariant(key, name, rolloutPercentage, additionalProperties);
    }
}
