package io.quarkiverse.posthog.runtime.rest.api;

import java.time.Instant;
import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.annotation.JsonAnySetter;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;

/** The requests and responses of PostHog's query endpoint. */
public final class QueryDtos {

    private QueryDtos() {
    }

    /** A query, and how to run it. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record QueryRequest(Query query, String refresh, String name) {
    }

    /** A HogQL query with the values of its placeholders. */
    public record Query(String kind, String query, Map<String, Object> values) {
    }

    /** The result of a query, or the status of a background query. */
    @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
    public record QueryResponse(List<String> columns, List<List<Object>> types, List<List<Object>> results,
            @JsonProperty("hasMore") boolean hasMore, boolean isCached, Instant lastRefresh, String hogql, String error,
            QueryStatus queryStatus, @JsonAnySetter Map<String, Object> additionalProperties) {
    }

    /** The status of a background query, with its result when it is complete. */
    @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
    public record QueryStatus(String id, boolean complete, boolean error, String errorMessage, QueryResponse results) {
    }
}
