package io.quarkiverse.posthog.cohorts;

import java.time.Instant;
import java.util.Collections;
import java.util.Map;

import com.fasterxml.jackson.annotation.JsonAnyGetter;
import com.fasterxml.jackson.annotation.JsonAnySetter;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;

import io.quarkiverse.posthog.User;

/**
 * A cohort: a set of persons.
 *
 * @param id the numeric id
 * @param name the name; may be null
 * @param description the description
 * @param isStatic whether the members are fixed rather than computed from filters
 * @param cohortType what kind it is: {@code static}, {@code person_property}, {@code behavioral}, {@code realtime},
 *        {@code analytical}; may be null or another one
 * @param count how many members it had when last calculated; may be null
 * @param filters who is a member: nested groups of conditions as PostHog has them; null for a static cohort
 * @param query the query that says who is a member; may be null
 * @param isCalculating whether PostHog is calculating the members now
 * @param lastCalculation when the members were last calculated; may be null
 * @param deleted whether it is soft-deleted
 * @param createdAt when it was created; may be null
 * @param createdBy who created it; may be null
 * @param version counts the changes; may be null
 * @param errorsCalculating how often in a row calculating the members failed
 * @param lastErrorMessage why it failed; may be null
 * @param additionalProperties every other field PostHog sent, by its JSON name
 */
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
public record Cohort(long id, String name, String description, boolean isStatic, String cohortType, Long count,
        JsonNode filters, JsonNode query, boolean isCalculating, Instant lastCalculation, boolean deleted, Instant createdAt,
        User createdBy, Integer version, int errorsCalculating, String lastErrorMessage,
        @JsonAnySetter @JsonAnyGetter Map<String, Object> additionalProperties) {

    public Cohort {
        filters = filters == null || filters.isNull() ? null : filters;
        query = query == null || query.isNull() ? null : query;
        additionalProperties = additionalProperties == null ? Map.of() : Collections.unmodifiableMap(additionalProperties);
    }
}
