package io.quarkiverse.posthog;

import java.util.Collections;
import java.util.Map;

import com.fasterxml.jackson.annotation.JsonAnyGetter;
import com.fasterxml.jackson.annotation.JsonAnySetter;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;

/**
 * A condition on one property: filters lists of events and persons, and targets feature flags.
 *
 * @param key the property name; {@code id} for a cohort, the id of the other flag for a flag dependency
 * @param value what to compare with: a scalar or a list; null for {@code is_set} and {@code is_not_set}
 * @param type whose property: {@code event}, {@code person}, {@code group}, {@code cohort} or {@code flag}; may be another one
 *        in what PostHog sends
 * @param operator how to compare, null for {@link PropertyOperator#EXACT}
 * @param groupTypeIndex which group type, for {@code group} only
 * @param negation whether the condition is turned round, as older cohorts have it; null is the same as false
 * @param additionalProperties every other field PostHog sent, by its JSON name
 */
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
@JsonInclude(JsonInclude.Include.NON_NULL)
public record PropertyFilter(String key, Object value, String type, PropertyOperator operator, Integer groupTypeIndex,
        Boolean negation, @JsonAnySetter @JsonAnyGetter Map<String, Object> additionalProperties) {

    public PropertyFilter {
        if (value instanceof PropertyOperator) {
            throw new IllegalArgumentException("The operator " + value + " stands in the place of the value");
        }
        additionalProperties = additionalProperties == null ? Map.of() : Collections.unmodifiableMap(additionalProperties);
    }

    /** A person property equals the value, or one of the values of a list. */
    public static PropertyFilter person(String key, Object value) {
        return person(key, PropertyOperator.EXACT, value);
    }

    /**
     * A condition on a person property that compares with nothing.
     *
     * @param operator {@link PropertyOperator#IS_SET} or {@link PropertyOperator#IS_NOT_SET}; every other one needs a
     *        value, and is an {@link IllegalArgumentException}
     */
    public static PropertyFilter person(String key, PropertyOperator operator) {
        return person(key, comparingNothing("person", operator), null);
    }

    /**
     * A condition on a person property.
     *
     * @param value what to compare with. For {@link PropertyOperator#IS_DATE_BEFORE} and its like a date such as
     *        {@code 2026-01-31}, which is its beginning, a moment such as {@code 2026-01-31T18:30:00Z}, or so long
     *        ago, such as {@code -7d}, with {@code h}, {@code d}, {@code w}, {@code m} or {@code y}; all as text
     */
    public static PropertyFilter person(String key, PropertyOperator operator, Object value) {
        return of("person", key, operator, value, null);
    }

    /** An event property equals the value, or one of the values of a list. Not for feature flags. */
    public static PropertyFilter event(String key, Object value) {
        return event(key, PropertyOperator.EXACT, value);
    }

    /**
     * A condition on an event property that compares with nothing. Not for feature flags.
     *
     * @param operator {@link PropertyOperator#IS_SET} or {@link PropertyOperator#IS_NOT_SET}; every other one needs a
     *        value, and is an {@link IllegalArgumentException}
     */
    public static PropertyFilter event(String key, PropertyOperator operator) {
        return event(key, comparingNothing("event", operator), null);
    }

    /**
     * A condition on an event property. Not for feature flags.
     *
     * @param value what to compare with; for how dates look see {@link #person(String, PropertyOperator, Object)}
     */
    public static PropertyFilter event(String key, PropertyOperator operator, Object value) {
        return of("event", key, operator, value, null);
    }

    /** A condition on a property of a group; the index of a group type stands in PostHog's project settings. */
    public static PropertyFilter group(int groupTypeIndex, String key, PropertyOperator operator, Object value) {
        return of("group", key, operator, value, groupTypeIndex);
    }

    /** The person is a member of the cohort. */
    public static PropertyFilter cohort(long cohortId) {
        return of("cohort", "id", PropertyOperator.IN, cohortId, null);
    }

    /** The person is not a member of the cohort. */
    public static PropertyFilter notInCohort(long cohortId) {
        return of("cohort", "id", PropertyOperator.NOT_IN, cohortId, null);
    }

    /**
     * Another feature flag is on, off, or has a variant.
     *
     * @param flagId the id of the other flag
     * @param value {@code true}, {@code false} or the key of a variant
     */
    public static PropertyFilter flag(long flagId, Object value) {
        return of("flag", Long.toString(flagId), PropertyOperator.FLAG_EVALUATES_TO, value, null);
    }

    private static PropertyOperator comparingNothing(String type, PropertyOperator operator) {
        if (PropertyOperator.IS_SET.equals(operator) || PropertyOperator.IS_NOT_SET.equals(operator)) {
            return operator;
        }
        throw new IllegalArgumentException("The operator '" + operator + "' needs a value to compare with: use "
                + type + "(key, operator, value), or is_set or is_not_set, which need none");
    }

    private static PropertyFilter of(String type, String key, PropertyOperator operator, Object value, Integer index) {
        if (key == null || key.isBlank()) {
            throw new IllegalArgumentException("The key of a property filter must not be blank");
        }
        return new PropertyFilter(key, value, type, operator, index, null, Map.of());
    }
}
