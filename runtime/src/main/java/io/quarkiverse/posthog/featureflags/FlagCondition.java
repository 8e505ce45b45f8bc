package io.quarkiverse.posthog.featureflags;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.annotation.JsonAnyGetter;
import com.fasterxml.jackson.annotation.JsonAnySetter;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import com.fasterxml.jackson.databind.annotation.JsonSerialize;

import io.quarkiverse.posthog.PropertyFilter;
import io.smallrye.common.annotation.CheckReturnValue;

/**
 * A condition of a feature flag, which PostHog calls a condition set: for those who match all properties, the flag is on
 * for a share of them. Immutable: each method returns a changed copy.
 *
 * @param properties what must hold; all of it; empty for everyone
 * @param rolloutPercentage the share of those who match, 0 to 100; null is 100
 * @param variant the variant for those who match, instead of one by share; null for one by share
 * @param aggregationGroupTypeIndex which group type this condition targets; null for that of the flag
 * @param description what it is for; may be null
 * @param additionalProperties every other field PostHog sent, by its JSON name
 */
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
@JsonInclude(JsonInclude.Include.NON_NULL)
public record FlagCondition(List<PropertyFilter> properties,
        @JsonSerialize(using = PercentageSerializer.class) Double rolloutPercentage, String variant,
        Integer aggregationGroupTypeIndex, String description,
        @JsonAnySetter @JsonAnyGetter Map<String, Object> additionalProperties) {

    public FlagCondition {
        properties = properties == null ? List.of() : List.copyOf(properties);
        additionalProperties = additionalProperties == null ? Map.of() : Collections.unmodifiableMap(additionalProperties);
    }

    /** Matches everyone; 100 percent until {@link #rollout} says otherwise. */
    public static FlagCondition everyone() {
        return new FlagCondition(List.of(), 100.0, null, null, null, Map.of());
    }

    /** Matches where all of the filters hold; 100 percent until {@link #rollout} says otherwise. */
    public static FlagCondition where(PropertyFilter... filters) {
        return new FlagCondition(List.of(filters), 100.0, null, null, null, Map.of());
    }

    /** Adds a filter; all filters must hold. */
    @CheckReturnValue
    public FlagCondition and(PropertyFilter filter) {
        List<PropertyFilter> all = new ArrayList<>(properties);
        all.add(filter);
        return new FlagCondition(all, rolloutPercentage, variant, aggregationGroupTypeIndex, description,
                additionalProperties);
    }

    /**
     * Sets for which share of those who match the flag is on.
     *
     * @param percentage 0 to 100
     */
    @CheckReturnValue
    public FlagCondition rollout(double percentage) {
        return new FlagCondition(properties, Rollout.check(percentage), variant, aggregationGroupTypeIndex, description,
                additionalProperties);
    }

    /** Gives this variant to those who match, whatever their share. */
    @CheckReturnValue
    public FlagCondition variant(String variant) {
        return new FlagCondition(properties, rolloutPercentage, variant, aggregationGroupTypeIndex, description,
                additionalProperties);
    }

    /** Targets groups of this type instead of persons, or of the type of the flag. */
    @CheckReturnValue
    public FlagCondition groupType(int groupTypeIndex) {
        return new FlagCondition(properties, rolloutPercentage, variant, groupTypeIndex, description, additionalProperties);
    }

    /** Sets what the condition is for. */
    @CheckReturnValue
    public FlagCondition description(String description) {
        return new FlagCondition(properties, rolloutPercentage, variant, aggregationGroupTypeIndex, description,
                additionalProperties);
    }
}
