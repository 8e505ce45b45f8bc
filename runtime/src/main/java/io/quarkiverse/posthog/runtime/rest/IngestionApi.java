package io.quarkiverse.posthog.runtime.rest;

import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;

import io.smallrye.mutiny.Uni;

/** PostHog's public ingestion, authenticated with the project token. Bodies are JSON that is encoded and compressed already. */
@Path("/")
@Consumes(MediaType.APPLICATION_JSON)
public interface IngestionApi {

    String BATCH = "/batch/";
    String AI_BATCH = "/i/v0/ai/batch/";
    String ANALYTICS_EVENTS = "/i/v1/analytics/events";

    /** Protocol v0. The answer says nothing but that the events were accepted, and is plain text on errors. */
    @POST
    @Path(BATCH)
    Uni<Response> batch(@HeaderParam(HttpHeaders.CONTENT_ENCODING) String encoding, RequestBody body);

    /** AI events, in protocol v0. */
    @POST
    @Path(AI_BATCH)
    Uni<Response> aiBatch(@HeaderParam(HttpHeaders.CONTENT_ENCODING) String encoding, RequestBody body);

    /**
     * Protocol v1. The answer has a result for each event.
     *
     * @param library name and version of the sender, with a slash between
     * @param attempt 1 for the first time, then one more each time
     * @param requestId a uuid, the same each time
     * @param timestamp when this attempt is made
     */
    @POST
    @Path(ANALYTICS_EVENTS)
    Uni<Response> analyticsEvents(@HeaderParam(HttpHeaders.AUTHORIZATION) String authorization,
            @HeaderParam("PostHog-Sdk-Info") String library, @HeaderParam("PostHog-Attempt") int attempt,
            @HeaderParam("PostHog-Request-Id") String requestId, @HeaderParam("PostHog-Request-Timestamp") String timestamp,
            @HeaderParam(HttpHeaders.CONTENT_ENCODING) String encoding, RequestBody body);
}
