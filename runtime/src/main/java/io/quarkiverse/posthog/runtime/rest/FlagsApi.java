package io.quarkiverse.posthog.runtime.rest;

import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;

import org.jboss.resteasy.reactive.RestResponse;

import io.smallrye.mutiny.Uni;

/** PostHog's evaluation of feature flags, and their definitions, on the host for capturing. */
@Path("/")
public interface FlagsApi {

    /** The answer with reasons and ids; without this parameter, PostHog answers with values only. */
    int VERSION = 2;

    /** Evaluates flags. Authenticated by the project token in the body. */
    @POST
    @Path("/flags/")
    @Consumes(MediaType.APPLICATION_JSON)
    Uni<RestResponse<byte[]>> evaluate(@QueryParam("v") int version, byte[] body);

    /**
     * The definitions of all flags.
     *
     * @param authorization the secure key of the project, or a personal key
     * @param etag that of the definitions that are there already; null for none
     * @param token the project token
     * @param sendCohorts its presence asks for cohorts
     */
    @GET
    @Path("/flags/definitions")
    Uni<RestResponse<byte[]>> definitions(@HeaderParam(HttpHeaders.AUTHORIZATION) String authorization,
            @HeaderParam(HttpHeaders.IF_NONE_MATCH) String etag, @QueryParam("token") String token,
            @QueryParam("send_cohorts") String sendCohorts);
}
