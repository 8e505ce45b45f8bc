package io.quarkiverse.posthog;

import java.util.Collections;
import java.util.Map;

import com.fasterxml.jackson.annotation.JsonAnyGetter;
import com.fasterxml.jackson.annotation.JsonAnySetter;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;

/**
 * A filter on a property, for lists of events and persons, and for condition sets of feature flags.
 *
 * @param key the property name; {@code id} for a cohort, the ID of the other flag for a flag dependency
 * @param value the value to compare with: a scalar or a list; null for {@code is_set} and {@code is_not_set}
 * @param type the type: {@code event}, {@code person}, {@code group}, {@code cohort} or {@code flag}; filters read from PostHog
 *        can have other types
 * @param operator the operator, null for {@link PropertyOperator#EXACT}
 * @param groupTypeIndex the index of the group type; only for {@code group}
 * @param negation whether the filter is negated, as in older cohorts; null is the same as false
 * @param additionalProperties all other fields of the response, by their JSON names
 */
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
@JsonInclude(JsonInclude.Include.NON_NULL)
public record PropertyFilter(String key, Object value, String type, PropertyOperator operator, Integer groupTypeIndex,
        Boolean negation, @JsonAnySetter @JsonAnyGetter Map<String, Object> additionalProperties) {

    public PropertyFilter {
        if (value instanceof PropertyOperator) {
            throw new IllegalArgumentException("The value is an operator (" + value
                    + "); pass the operator as the second and the value as the third argument");
        }
        additionalProperties = additionalProperties == null ? Map.of() : Collections.unmodifiableMap(additionalProperties);
    }

    /** Returns a filter that matches if a person property equals the value, or one of the values of a list. */
    public static PropertyFilter person(String key, Object value) {
        return person(key, PropertyOperator.EXACT, value);
    }

    /**
     * Returns a filter on the existence of a person property.
     *
     * @param operator {@link PropertyOperator#IS_SET} or {@link PropertyOperator#IS_NOT_SET}; other operators require a
     *        value, and cause an {@link IllegalArgumentException}
     */
    public static PropertyFilter person(String key, PropertyOperator operator) {
        return person(key, comparingNothing("person", operator), null);
    }

    /**
     * Returns a filter on a person property.
     *
     * @param value the value to compare with. For date operators such as {@link PropertyOperator#IS_DATE_BEFORE}, a date such
     *        as
     *        {@code 2026-01-31} (the beginning of the day), a time such as {@code 2026-01-31T18:30:00Z}, or a relative
     *        time such as {@code -7d}, with {@code h}, {@code d}, {@code w}, {@code m} or {@code y}; all as text
     */
    public static PropertyFilter person(String key, PropertyOperator operator, Object value) {
        return of("person", key, operator, value, null);
    }

    /**
     * Returns a filter that matches if an event property equals the value, or one of the values of a list. Not for feature
     * flags.
     */
    public static PropertyFilter event(String key, Object value) {
        return event(key, PropertyOperator.EXACT, value);
    }

    /**
     * Returns a filter on the existence of an event property. Not for feature flags.
     *
     * @param operator {@link PropertyOperator#IS_SET} or {@link PropertyOperator#IS_NOT_SET}; other operators require a
     *        value, and cause an {@link IllegalArgumentException}
     */
    public static PropertyFilter event(String key, PropertyOperator operator) {
        return event(key, comparingNothing("event", operator), null);
    }

    /**
     * Returns a filter on an event property. Not for feature flags.
     *
     * @param value the value to compare with; for dates, see {@link #person(String, PropertyOperator, Object)}
     */
    public static PropertyFilter event(String key, PropertyOperator operator, Object value) {
        return of("event", key, operator, value, null);
    }

    /** Returns a filter on a group property. The index of the group type can be found in the PostHog project settings. */
    public static PropertyFilter group(int groupTypeIndex, String key, PropertyOperator operator, Object value) {
        return of("group", key, operator, value, groupTypeIndex);
    }

    /** Returns a filter that matches if the person is a member of the cohort. */
    public static PropertyFilter cohort(long cohortId) {
        return of("cohort", "id", PropertyOperator.IN, cohortId, null);
    }

    /** Returns a filter that matches if the person is not a member of the cohort. */
    public static PropertyFilter notInCohort(long cohortId) {
        return of("cohort", "id", PropertyOperator.NOT_IN, cohortId, null);
    }

    /**
     * Returns a filter that matches if another feature flag is on, is off, or has a variant.
     *
     * @param flagId the ID of the other flag
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
