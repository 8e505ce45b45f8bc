package io.quarkiverse.posthog.runtime;

import java.io.Closeable;
import java.io.IOException;
import java.util.UUID;

import com.fasterxml.jackson.databind.ObjectMapper;

import io.quarkiverse.posthog.CaptureEvent;
import io.quarkiverse.posthog.PostHog;
import io.quarkiverse.posthog.cohorts.Cohorts;
import io.quarkiverse.posthog.dashboards.Dashboards;
import io.quarkiverse.posthog.events.Events;
import io.quarkiverse.posthog.featureflags.FeatureFlags;
import io.quarkiverse.posthog.insights.Insights;
import io.quarkiverse.posthog.persons.Persons;
import io.quarkiverse.posthog.query.HogQLQuery;
import io.quarkiverse.posthog.query.QueryResult;
import io.quarkiverse.posthog.query.QueryRow;
import io.quarkiverse.posthog.runtime.capture.EventEncoder;
import io.quarkiverse.posthog.runtime.capture.ImmediateCapture;
import io.quarkiverse.posthog.runtime.resources.CohortsClient;
import io.quarkiverse.posthog.runtime.resources.DashboardsClient;
import io.quarkiverse.posthog.runtime.resources.EventsClient;
import io.quarkiverse.posthog.runtime.resources.FeatureFlagsClient;
import io.quarkiverse.posthog.runtime.resources.InsightsClient;
import io.quarkiverse.posthog.runtime.resources.PersonsClient;
import io.quarkiverse.posthog.runtime.resources.QueryClient;
import io.quarkiverse.posthog.runtime.rest.ApiCalls;
import io.quarkiverse.posthog.runtime.rest.Delays;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;

/** One account, put together from its parts. */
final class PostHogClient implements PostHog, Closeable {

    private final ApiCalls calls;
    private final ImmediateCapture capture;
    private final Events events;
    private final Persons persons;
    private final FeatureFlags featureFlags;
    private final Insights insights;
    private final Dashboards dashboards;
    private final Cohorts cohorts;
    private final QueryClient queries;

    PostHogClient(ApiCalls calls, ObjectMapper mapper, Delays delays, String version) {
        this.calls = calls;
        this.capture = new ImmediateCapture(calls, mapper, new EventEncoder(mapper, version));
        this.events = new EventsClient(calls, mapper);
        this.persons = new PersonsClient(calls, mapper);
        this.featureFlags = new FeatureFlagsClient(calls, mapper);
        this.insights = new InsightsClient(calls, mapper);
        this.dashboards = new DashboardsClient(calls, mapper);
        this.cohorts = new CohortsClient(calls, mapper);
        this.queries = new QueryClient(calls, mapper, delays);
    }

    @Override
    public String account() {
        return calls.account().name();
    }

    @Override
    public Uni<UUID> captureNow(CaptureEvent event) {
        return capture.capture(event);
    }

    @Override
    public Events events() {
        return events;
    }

    @Override
    public Persons persons() {
        return persons;
    }

    @Override
    public FeatureFlags featureFlags() {
        return featureFlags;
    }

    @Override
    public Insights insights() {
        return insights;
    }

    @Override
    public Dashboards dashboards() {
        return dashboards;
    }

    @Override
    public Cohorts cohorts() {
        return cohorts;
    }

    @Override
    public Uni<QueryResult> query(HogQLQuery query) {
        return queries.run(query);
    }

    @Override
    public Multi<QueryRow> queryRows(HogQLQuery query) {
        return queries.rows(query);
    }

    @Override
    public void close() throws IOException {
        calls.close();
    }

    @Override
    public String toString() {
        return "PostHog[" + calls.account() + "]";
    }
}
