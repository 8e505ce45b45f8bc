package io.quarkiverse.posthog.runtime.rest.api;

import java.util.Map;

import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;

import org.jboss.resteasy.reactive.RestQuery;

import io.smallrye.mutiny.Uni;

/**
 * PostHog's private REST API, authenticated with a personal API key.
 * <p>
 * The parameters of lists are a map, because the link to the next page contains its own parameters.
 */
@Path("/api/projects/{project}")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public interface PostHogApi {

    @GET
    @Path("/events/")
    Uni<Response> listEvents(@PathParam("project") PathSegment project, @RestQuery Map<String, String> parameters);

    @GET
    @Path("/events/{id}/")
    Uni<Response> getEvent(@PathParam("project") PathSegment project, @PathParam("id") PathSegment id,
            @RestQuery("include_person") boolean includePerson);

    @GET
    @Path("/persons/")
    Uni<Response> listPersons(@PathParam("project") PathSegment project, @RestQuery Map<String, String> parameters);

    @GET
    @Path("/persons/{id}/")
    Uni<Response> getPerson(@PathParam("project") PathSegment project, @PathParam("id") PathSegment id);

    @GET
    @Path("/feature_flags/")
    Uni<Response> listFeatureFlags(@PathParam("project") PathSegment project,
            @RestQuery Map<String, String> parameters);

    @GET
    @Path("/feature_flags/{id}/")
    Uni<Response> getFeatureFlag(@PathParam("project") PathSegment project, @PathParam("id") long id);

    @POST
    @Path("/feature_flags/")
    Uni<Response> createFeatureFlag(@PathParam("project") PathSegment project, RequestBody flag);

    @PATCH
    @Path("/feature_flags/{id}/")
    Uni<Response> updateFeatureFlag(@PathParam("project") PathSegment project, @PathParam("id") long id, RequestBody changes);

    @GET
    @Path("/insights/")
    Uni<Response> listInsights(@PathParam("project") PathSegment project,
            @RestQuery Map<String, String> parameters);

    @GET
    @Path("/insights/{id}/")
    Uni<Response> getInsight(@PathParam("project") PathSegment project, @PathParam("id") PathSegment idOrShortId,
            @RestQuery("refresh") String refresh);

    @GET
    @Path("/dashboards/")
    Uni<Response> listDashboards(@PathParam("project") PathSegment project,
            @RestQuery Map<String, String> parameters);

    @GET
    @Path("/dashboards/{id}/")
    Uni<Response> getDashboard(@PathParam("project") PathSegment project, @PathParam("id") long id);

    @GET
    @Path("/cohorts/")
    Uni<Response> listCohorts(@PathParam("project") PathSegment project, @RestQuery Map<String, String> parameters);

    @GET
    @Path("/cohorts/{id}/")
    Uni<Response> getCohort(@PathParam("project") PathSegment project, @PathParam("id") long id);

    @GET
    @Path("/cohorts/{id}/persons/")
    Uni<Response> listCohortPersons(@PathParam("project") PathSegment project, @PathParam("id") long id,
            @RestQuery Map<String, String> parameters);

    @GET
    @Path("/event_definitions/")
    Uni<Response> listEventDefinitions(@PathParam("project") PathSegment project, @RestQuery Map<String, String> parameters);

    @PATCH
    @Path("/event_definitions/{id}/")
    Uni<Response> updateEventDefinition(@PathParam("project") PathSegment project, @PathParam("id") PathSegment id,
            RequestBody changes);

    @GET
    @Path("/property_definitions/")
    Uni<Response> listPropertyDefinitions(@PathParam("project") PathSegment project,
            @RestQuery Map<String, String> parameters);

    @PATCH
    @Path("/property_definitions/{id}/")
    Uni<Response> updatePropertyDefinition(@PathParam("project") PathSegment project, @PathParam("id") PathSegment id,
            RequestBody changes);

    @POST
    @Path("/query/")
    Uni<Response> runQuery(@PathParam("project") PathSegment project, RequestBody query);

    @GET
    @Path("/query/{id}/")
    Uni<Response> getQuery(@PathParam("project") PathSegment project, @PathParam("id") PathSegment id);

    @DELETE
    @Path("/query/{id}/")
    Uni<Response> cancelQuery(@PathParam("project") PathSegment project, @PathParam("id") PathSegment id);

    /**
     * Returns the payload of a remote configuration flag.
     *
     * @param key the flag key or the flag ID
     * @param token the project token, which identifies the project of the secure key
     */
    @GET
    @Path("/feature_flags/{key}/remote_config/")
    Uni<Response> remoteConfig(@PathParam("project") PathSegment project, @PathParam("key") PathSegment key,
            @RestQuery("token") String token);
}
