package io.quarkiverse.posthog.runtime.rest.api;

import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;

import io.smallrye.mutiny.Uni;

/** Remote evaluation of feature flags, on the ingestion host. */
@Path("/")
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
public interface FlagsApi {

    /** The response version with reasons and IDs. Version 1 contains only values. */
    int VERSION = 2;

    /** The response version with typed values. */
    int TYPED_VERSION = 3;

    /**
     * Evaluates flags. Authenticated by the project token in the body.
     *
     * @param encoding null for a body that is not compressed
     */
    @POST
    @Path("/flags/")
    Uni<Response> evaluate(@QueryParam("v") int version, @HeaderParam(HttpHeaders.CONTENT_ENCODING) String encoding,
            RequestBody body);
}
