package io.quarkiverse.posthog.runtime.rest.api;

import java.util.Map;

import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.Encoded;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;

import org.jboss.resteasy.reactive.RestQuery;

import io.smallrye.mutiny.Uni;

/** PostHog's private REST API, authenticated with a personal API key. An {@link ApiCall} calls it. */
@Path("/api")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public interface PostHogApi {

    @GET
    @Path("/{path}")
    Uni<Response> get(@PathParam("path") @Encoded ApiPath path, @RestQuery Map<String, String> parameters);

    @POST
    @Path("/{path}")
    Uni<Response> post(@PathParam("path") @Encoded ApiPath path, @RestQuery Map<String, String> parameters,
            RequestBody body);

    @PUT
    @Path("/{path}")
    Uni<Response> put(@PathParam("path") @Encoded ApiPath path, @RestQuery Map<String, String> parameters,
            RequestBody body);

    @PATCH
    @Path("/{path}")
    Uni<Response> patch(@PathParam("path") @Encoded ApiPath path, @RestQuery Map<String, String> parameters,
            RequestBody body);

    @DELETE
    @Path("/{path}")
    Uni<Response> delete(@PathParam("path") @Encoded ApiPath path, @RestQuery Map<String, String> parameters);
}
