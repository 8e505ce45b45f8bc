package io.quarkiverse.posthog.runtime.rest.api;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;

import io.smallrye.mutiny.Uni;

/** Flag definitions, on the ingestion host. */
@Path("/")
@Produces(MediaType.APPLICATION_JSON)
public interface FlagDefinitionsApi {

    /**
     * Returns the definitions of every flag.
     *
     * @param etag the ETag of the loaded definitions; null for none
     * @param token the project token
     * @param sendCohorts if present, includes cohorts; PostHog ignores the value
     */
    @GET
    @Path("/flags/definitions")
    Uni<Response> definitions(@HeaderParam(HttpHeaders.IF_NONE_MATCH) String etag, @QueryParam("token") String token,
            @QueryParam("send_cohorts") String sendCohorts);
}
