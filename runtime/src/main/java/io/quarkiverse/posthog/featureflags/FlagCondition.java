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
 * A condition set of a feature flag: the flag is on for a percentage of the persons or groups that match all of its filters.
 * Immutable: each method returns a modified copy.
 *
 * @param properties the filters, all of which must match; empty to match all persons
 * @param rolloutPercentage the percentage of the matching persons, 0 to 100; null is 100
 * @param variant the variant for all matching persons; null to assign variants by their percentages
 * @param aggregationGroupTypeIndex the index of the targeted group type; null to use the flag's group type
 * @param description the description; may be null
 * @param additionalProperties all other fields of the response, by their JSON names
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

    /** Returns a condition set that matches all persons, with a rollout of 100 percent. */
    public static FlagCondition everyone() {
        return new FlagCondition(List.of(), 100.0, null, null, null, Map.of());
    }

    /** Returns a condition set with the given filters, all of which must match, and a rollout of 100 percent. */
    public static FlagCondition where(PropertyFilter... filters) {
        return new FlagCondition(List.of(filters), 100.0, null, null, null, Map.of());
    }

    /** Adds a filter. All filters must match. */
    @CheckReturnValue
    public FlagCondition and(PropertyFilter filter) {
        List<PropertyFilter> all = new ArrayList<>(properties);
        all.add(filter);
        return new FlagCondition(all, rolloutPercentage, variant, aggregationGroupTypeIndex, description,
                additionalProperties);
    }

    /**
     * Sets the rollout percentage: the share of the matching persons that get the flag.
     *
     * @param percentage 0 to 100
     */
    @CheckReturnValue
    public FlagCondition rollout(double percentage) {
        return new FlagCondition(properties, Rollout.check(percentage), variant, aggregationGroupTypeIndex, description,
                additionalProperties);
    }

    /** Assigns a variant to all matching persons. */
    @CheckReturnValue
    public FlagCondition variant(String variant) {
        return new FlagCondition(properties, rolloutPercentage, variant, aggregationGroupTypeIndex, description,
                additionalProperties);
    }

    /** Targets groups of this type, instead of persons or the flag's group type. */
    @CheckReturnValue
    public FlagCondition groupType(int groupTypeIndex) {
        return new FlagCondition(properties, rolloutPercentage, variant, groupTypeIndex, description, additionalProperties);
    }

    /** Sets the description. */
    @CheckReturnValue
    public FlagCondition description(String description) {
        return new FlagCondition(properties, rolloutPercentage, variant, aggregationGroupTypeIndex, description,
                additionalProperties);
    }
}
