package io.quarkiverse.posthog.runtime.rest;

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

import org.jboss.resteasy.reactive.RestQuery;

import com.fasterxml.jackson.databind.node.ObjectNode;

import io.quarkiverse.posthog.cohorts.Cohort;
import io.quarkiverse.posthog.dashboards.Dashboard;
import io.quarkiverse.posthog.events.Event;
import io.quarkiverse.posthog.featureflags.FeatureFlag;
import io.quarkiverse.posthog.insights.Insight;
import io.quarkiverse.posthog.persons.Person;
import io.quarkiverse.posthog.runtime.rest.QueryMessages.QueryRequest;
import io.quarkiverse.posthog.runtime.rest.QueryMessages.QueryResponse;
import io.smallrye.mutiny.Uni;

/**
 * PostHog's private REST API, authenticated with a personal API key.
 * <p>
 * Lists take their parameters as a map, because the link to the next page brings its own.
 */
@Path("/api/projects/{project}")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public interface PostHogApi {

    @GET
    @Path("/events/")
    Uni<PageResponse<Event>> listEvents(@PathParam("project") String project, @RestQuery Map<String, String> parameters);

    @GET
    @Path("/events/{id}/")
    Uni<Event> getEvent(@PathParam("project") String project, @PathParam("id") String id,
            @RestQuery("include_person") boolean includePerson);

    @GET
    @Path("/persons/")
    Uni<PageResponse<Person>> listPersons(@PathParam("project") String project, @RestQuery Map<String, String> parameters);

    @GET
    @Path("/persons/{id}/")
    Uni<Person> getPerson(@PathParam("project") String project, @PathParam("id") String id);

    @GET
    @Path("/feature_flags/")
    Uni<PageResponse<FeatureFlag>> listFeatureFlags(@PathParam("project") String project,
            @RestQuery Map<String, String> parameters);

    @GET
    @Path("/feature_flags/{id}/")
    Uni<FeatureFlag> getFeatureFlag(@PathParam("project") String project, @PathParam("id") long id);

    /** The flag as it is, for changes that must keep what this version does not know. */
    @GET
    @Path("/feature_flags/{id}/")
    Uni<ObjectNode> getRawFeatureFlag(@PathParam("project") String project, @PathParam("id") long id);

    @POST
    @Path("/feature_flags/")
    Uni<FeatureFlag> createFeatureFlag(@PathParam("project") String project, ObjectNode flag);

    @PATCH
    @Path("/feature_flags/{id}/")
    Uni<FeatureFlag> updateFeatureFlag(@PathParam("project") String project, @PathParam("id") long id, ObjectNode changes);

    @GET
    @Path("/insights/")
    Uni<PageResponse<Insight>> listInsights(@PathParam("project") String project,
            @RestQuery Map<String, String> parameters);

    @GET
    @Path("/insights/{id}/")
    Uni<Insight> getInsight(@PathParam("project") String project, @PathParam("id") String idOrShortId,
            @RestQuery("refresh") String refresh);

    @GET
    @Path("/dashboards/")
    Uni<PageResponse<Dashboard>> listDashboards(@PathParam("project") String project,
            @RestQuery Map<String, String> parameters);

    @GET
    @Path("/dashboards/{id}/")
    Uni<Dashboard> getDashboard(@PathParam("project") String project, @PathParam("id") long id);

    @GET
    @Path("/cohorts/")
    Uni<PageResponse<Cohort>> listCohorts(@PathParam("project") String project, @RestQuery Map<String, String> parameters);

    @GET
    @Path("/cohorts/{id}/")
    Uni<Cohort> getCohort(@PathParam("project") String project, @PathParam("id") long id);

    @GET
    @Path("/cohorts/{id}/persons/")
    Uni<PageResponse<Person>> listCohortPersons(@PathParam("project") String project, @PathParam("id") long id,
            @RestQuery Map<String, String> parameters);

    @POST
    @Path("/query/")
    Uni<QueryResponse> runQuery(@PathParam("project") String project, QueryRequest request);

    @GET
    @Path("/query/{id}/")
    Uni<QueryResponse> getQuery(@PathParam("project") String project, @PathParam("id") String id);

    @DELETE
    @Path("/query/{id}/")
    Uni<String> cancelQuery(@PathParam("project") String project, @PathParam("id") String id);

    /**
     * The payload of a remote configuration flag.
     *
     * @param key the key of the flag, or its id
     * @param token the project token, which says which project a secure key is for
     */
    @GET
    @Path("/feature_flags/{key}/remote_config/")
    Uni<String> remoteConfig(@PathParam("project") String project, @PathParam("key") String key,
            @RestQuery("token") String token);
}
