package io.quarkiverse.posthog.runtime.rest.api;

import java.util.List;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;

import com.fasterxml.jackson.annotation.JsonProperty;

import io.smallrye.mutiny.Uni;

/** Data of a personal API key, and of the projects that it has access to. */
@Path("/api")
@Produces(MediaType.APPLICATION_JSON)
public interface KeyAndProjectApi {

    /** Returns the key with which the request is sent. Requires no scope. */
    @GET
    @Path("/personal_api_keys/@current/")
    Uni<Response> currentKey();

    /** Returns a project. Requires the scope {@code project:read}. */
    @GET
    @Path("/projects/{project}/")
    Uni<Response> project(@PathParam("project") String project);

    /**
     * A personal API key.
     *
     * @param scopes the scopes, {@code *} for all; null if PostHog did not return them
     * @param projects the IDs of the projects to which it is restricted; null or empty for no restriction
     * @param organizations the IDs of the organizations to which it is restricted; null or empty for no restriction
     */
    record Key(List<String> scopes, @JsonProperty("scoped_teams") List<Long> projects,
            @JsonProperty("scoped_organizations") List<String> organizations) {
    }

    /**
     * A project. Other fields are not read, because some of them are keys.
     *
     * @param token the project token
     */
    record Project(Long id, String name, @JsonProperty("api_token") String token) {

        @Override
        public String toString() {
            return "'" + name + "' (" + id + ")";
        }
    }
}
