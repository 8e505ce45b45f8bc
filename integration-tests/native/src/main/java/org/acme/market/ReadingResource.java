package org.acme.market;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;

import io.quarkiverse.posthog.PostHog;
import io.quarkiverse.posthog.check.CheckReport;
import io.quarkiverse.posthog.cohorts.Cohort;
import io.quarkiverse.posthog.dashboards.Dashboard;
import io.quarkiverse.posthog.events.Event;
import io.quarkiverse.posthog.featureflags.FeatureFlag;
import io.quarkiverse.posthog.insights.Insight;
import io.quarkiverse.posthog.persons.Person;
import io.quarkus.runtime.annotations.RegisterForReflection;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;

/** Reads all resources, with the types of the extension and of the application. */
@Path("/reading")
public class ReadingResource {

    /** A row of a query. */
    @RegisterForReflection
    public record Purchase(String event, Instant timestamp, Optional<Map<String, Object>> properties) {
    }

    /** An item of an endpoint, which is registered because it is a class literal. */
    public record Annotation(long id, String content, Instant dateMarker) {
    }

    /** The body of a request. */
    @RegisterForReflection
    public record NewAnnotation(String content, Instant dateMarker, String scope) {
    }

    @Inject
    PostHog posthog;

    @GET
    @Path("/events")
    public Multi<Event> events() {
        return posthog.events().list();
    }

    @GET
    @Path("/persons")
    public Multi<Person> persons() {
        return posthog.persons().list();
    }

    @GET
    @Path("/flags")
    public Multi<FeatureFlag> flags() {
        return posthog.featureFlags().list();
    }

    @GET
    @Path("/insights")
    public Multi<Insight> insights() {
        return posthog.insights().list();
    }

    @GET
    @Path("/dashboards")
    public Multi<Dashboard> dashboards() {
        return posthog.dashboards().list().onItem()
                .transformToUniAndConcatenate(dashboard -> posthog.dashboards().get(dashboard.id()));
    }

    @GET
    @Path("/cohorts")
    public Multi<Cohort> cohorts() {
        return posthog.cohorts().list();
    }

    @GET
    @Path("/check")
    public Uni<CheckReport> check() {
        return posthog.check();
    }

    @GET
    @Path("/query")
    public Uni<List<Purchase>> query() {
        return posthog.queryAs("select event, timestamp, properties from events limit 5", Purchase.class).collect().asList();
    }

    @GET
    @Path("/annotations")
    public Multi<Annotation> annotations() {
        return posthog.api().post("/api/projects/{project}/annotations/")
                .body(new NewAnnotation("Release", Instant.now(), "project")).as(Annotation.class).onItem()
                .transformToMulti(created -> posthog.api().get("/api/projects/{project}/annotations/")
                        .list(Annotation.class));
    }
}
