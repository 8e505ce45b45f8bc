package io.quarkiverse.posthog.runtime.rest;

import java.time.Instant;
import java.util.List;
import java.util.Map;

import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;

import com.fasterxml.jackson.annotation.JsonAnySetter;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;

import io.smallrye.mutiny.Uni;

/** PostHog's query endpoint; a client of its own because queries take longer than everything else. */
@Path("/api/projects/{project}/query")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public interface QueryApi {

    @POST
    @Path("/")
    Uni<QueryResponse> run(@PathParam("project") String project, QueryRequest request);

    @GET
    @Path("/{id}/")
    Uni<QueryResponse> status(@PathParam("project") String project, @PathParam("id") String id);

    @DELETE
    @Path("/{id}/")
    Uni<String> cancel(@PathParam("project") String project, @PathParam("id") String id);

    /** What to run, and how. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record QueryRequest(Query query, String refresh, String name) {
    }

    /** A HogQL query with the values of its placeholders. */
    record Query(String kind, String query, Map<String, Object> values) {
    }

    /** The result, or how far a background query is. */
    @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
    record QueryResponse(List<String> columns, List<List<Object>> types, List<List<Object>> results,
            @JsonProperty("hasMore") boolean hasMore, boolean isCached, Instant lastRefresh, String hogql, String error,
            QueryStatus queryStatus, @JsonAnySetter Map<String, Object> additionalProperties) {
    }

    /** How far a background query is, with its result at the end. */
    @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
    record QueryStatus(String id, boolean complete, boolean error, String errorMessage, QueryResponse results) {
    }
}
