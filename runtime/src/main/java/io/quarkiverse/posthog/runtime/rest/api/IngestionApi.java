package io.quarkiverse.posthog.runtime.rest.api;

import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;

import io.smallrye.mutiny.Uni;

/** PostHog's public ingestion, authenticated with the project token. Bodies are already encoded and compressed JSON. */
@Path("/")
@Consumes(MediaType.APPLICATION_JSON)
public interface IngestionApi {

    String BATCH = "/batch/";
    String AI_BATCH = "/i/v0/ai/batch/";
    String ANALYTICS_EVENTS = "/i/v1/analytics/events";

    /**
     * Sends events in protocol v0. The response only confirms that the events were accepted. Error responses are plain text.
     */
    @POST
    @Path(BATCH)
    Uni<Response> batch(@HeaderParam(HttpHeaders.CONTENT_ENCODING) String encoding, RequestBody body);

    /** Sends AI events in protocol v0. */
    @POST
    @Path(AI_BATCH)
    Uni<Response> aiBatch(@HeaderParam(HttpHeaders.CONTENT_ENCODING) String encoding, RequestBody body);

    /**
     * Sends events in protocol v1. The response has a result for each event.
     *
     * @param library the name and the version of the sender, separated by a slash
     * @param attempt the number of the attempt, from 1
     * @param requestId a UUID, the same for all attempts
     * @param timestamp the time of this attempt
     */
    @POST
    @Path(ANALYTICS_EVENTS)
    Uni<Response> analyticsEvents(@HeaderParam(HttpHeaders.AUTHORIZATION) String authorization,
            @HeaderParam("PostHog-Sdk-Info") String library, @HeaderParam("PostHog-Attempt") int attempt,
            @HeaderParam("PostHog-Request-Id") String requestId, @HeaderParam("PostHog-Request-Timestamp") String timestamp,
            @HeaderParam(HttpHeaders.CONTENT_ENCODING) String encoding, RequestBody body);
}
