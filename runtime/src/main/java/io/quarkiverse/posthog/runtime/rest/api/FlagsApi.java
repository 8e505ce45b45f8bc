package io.quarkiverse.posthog.runtime.rest.api;

import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;

import io.smallrye.mutiny.Uni;

/** Remote evaluation of feature flags, on the ingestion host. */
@Path("/")
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
public interface FlagsApi {

    /** The response format with reasons and IDs. Without this parameter, the response only contains values. */
    int VERSION = 2;

    /** Evaluates flags. Authenticated by the project token in the body. */
    @POST
    @Path("/flags/")
    Uni<Response> evaluate(@QueryParam("v") int version, RequestBody body);
}
