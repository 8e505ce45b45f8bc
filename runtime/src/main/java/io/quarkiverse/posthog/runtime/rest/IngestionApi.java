package io.quarkiverse.posthog.runtime.rest;

import java.util.List;
import java.util.Map;

import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.MediaType;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;

import io.smallrye.mutiny.Uni;

/** PostHog's public ingestion, authenticated with the project token in the body. */
@Path("/")
@Consumes(MediaType.APPLICATION_JSON)
public interface IngestionApi {

    /** Ingestion protocol v0. The answer says nothing but that the events were accepted, and is plain text on errors. */
    @POST
    @Path("/batch/")
    Uni<String> batch(Batch batch);

    /**
     * Events to ingest.
     *
     * @param sentAt lets PostHog correct timestamps by how far the clock of the sender is off; null to take them as they are
     */
    @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Batch(String apiKey, List<BatchEvent> batch, String sentAt) {
    }

    /** An event on the wire. */
    @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record BatchEvent(String event, String distinctId, String uuid, String timestamp, Map<String, Object> properties) {
    }
}
