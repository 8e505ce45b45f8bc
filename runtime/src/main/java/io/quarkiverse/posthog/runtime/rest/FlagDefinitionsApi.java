package io.quarkiverse.posthog.runtime.rest;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;

import io.smallrye.mutiny.Uni;

/** The definitions of feature flags, on the ingestion host. */
@Path("/")
@Produces(MediaType.APPLICATION_JSON)
public interface FlagDefinitionsApi {

    /**
     * The definitions of all flags.
     *
     * @param etag the ETag of the definitions that are loaded already; null for none
     * @param token the project token
     * @param sendCohorts includes cohorts if present, whatever its value
     */
    @GET
    @Path("/flags/definitions")
    Uni<Response> definitions(@HeaderParam(HttpHeaders.IF_NONE_MATCH) String etag, @QueryParam("token") String token,
            @QueryParam("send_cohorts") String sendCohorts);
}
