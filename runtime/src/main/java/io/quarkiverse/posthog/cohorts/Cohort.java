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
 * @param id the numeric ID
 * @param name the name; may be null
 * @param description the description
 * @param isStatic whether the members are fixed rather than computed from filters
 * @param cohortType the type: {@code static}, {@code person_property}, {@code behavioral}, {@code realtime} or
 *        {@code analytical}; other values and null are possible
 * @param count the number of members at the last calculation; may be null
 * @param filters the filters as nested groups, in PostHog's form; null for a static cohort
 * @param query the query that selects the members; may be null
 * @param isCalculating whether PostHog is calculating the members now
 * @param lastCalculation when the members were last calculated; may be null
 * @param deleted whether it is soft-deleted
 * @param createdAt when it was created; may be null
 * @param createdBy the user who created it; may be null
 * @param version the version, which increases with each change; may be null
 * @param errorsCalculating the number of consecutive failures to calculate the members
 * @param lastErrorMessage the reason of the last failure; may be null
 * @param additionalProperties all other fields of the response, by their JSON names
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
