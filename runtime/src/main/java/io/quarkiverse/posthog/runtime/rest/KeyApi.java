package io.quarkiverse.posthog.runtime.rest;

import java.util.List;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;

import com.fasterxml.jackson.annotation.JsonProperty;

import io.smallrye.mutiny.Uni;

/** What a personal API key is, and which projects it opens. */
@Path("/api")
@Produces(MediaType.APPLICATION_JSON)
public interface KeyApi {

    /** The key that the request is made with. Needs no scope. */
    @GET
    @Path("/personal_api_keys/@current/")
    Uni<Response> currentKey();

    /** Needs the scope {@code project:read}. */
    @GET
    @Path("/projects/{project}/")
    Uni<Response> project(@PathParam("project") String project);

    /**
     * A personal API key.
     *
     * @param scopes {@code *} for all; null when PostHog did not say
     * @param projects the numbers of the projects it is restricted to; null or empty for no restriction
     * @param organizations the same of organizations
     */
    record Key(List<String> scopes, @JsonProperty("scoped_teams") List<Long> projects,
            @JsonProperty("scoped_organizations") List<String> organizations) {
    }

    /**
     * A project. What is not used here is not read: among it are keys.
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
