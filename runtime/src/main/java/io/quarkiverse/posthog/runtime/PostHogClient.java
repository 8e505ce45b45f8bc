package io.quarkiverse.posthog.runtime;

import java.io.Closeable;
import java.io.IOException;
import java.time.Clock;
import java.util.Optional;
import java.util.UUID;

import com.fasterxml.jackson.databind.ObjectMapper;

import io.quarkiverse.posthog.CaptureEvent;
import io.quarkiverse.posthog.PostHog;
import io.quarkiverse.posthog.capture.CaptureStatus;
import io.quarkiverse.posthog.capture.CaptureSummary;
import io.quarkiverse.posthog.check.CheckReport;
import io.quarkiverse.posthog.cohorts.Cohorts;
import io.quarkiverse.posthog.dashboards.Dashboards;
import io.quarkiverse.posthog.errors.ExceptionEvent;
import io.quarkiverse.posthog.events.Events;
import io.quarkiverse.posthog.featureflags.FeatureFlags;
import io.quarkiverse.posthog.flags.FlagContext;
import io.quarkiverse.posthog.flags.FlagDefinitionsStatus;
import io.quarkiverse.posthog.flags.FlagOverrides;
import io.quarkiverse.posthog.flags.FlagSnapshot;
import io.quarkiverse.posthog.insights.Insights;
import io.quarkiverse.posthog.persons.Persons;
import io.quarkiverse.posthog.query.HogQLQuery;
import io.quarkiverse.posthog.query.QueryResult;
import io.quarkiverse.posthog.query.QueryRow;
import io.quarkiverse.posthog.runtime.capture.CapturePipeline;
import io.quarkiverse.posthog.runtime.check.Doctor;
import io.quarkiverse.posthog.runtime.check.Doctor.LocalState;
import io.quarkiverse.posthog.runtime.errors.ErrorTracking;
import io.quarkiverse.posthog.runtime.flags.FlagEvaluations;
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
    private final CapturePipeline capture;
    private final ErrorTracking errors;
    private final FlagEvaluations flags;
    private final Events events;
    private final Persons persons;
    private final FeatureFlags featureFlags;
    private final Insights insights;
    private final Dashboards dashboards;
    private final Cohorts cohorts;
    private final QueryClient queries;
    private final Doctor doctor;

    PostHogClient(ApiCalls calls, CapturePipeline capture, ErrorTracking errors, FlagEvaluations flags,
            ObjectMapper mapper, Delays delays) {
        this.calls = calls;
        this.capture = capture;
        this.errors = errors;
        this.flags = flags;
        this.events = new EventsClient(calls, mapper);
        this.persons = new PersonsClient(calls, mapper);
        this.featureFlags = new FeatureFlagsClient(calls, mapper);
        this.insights = new InsightsClient(calls, mapper);
        this.dashboards = new DashboardsClient(calls, mapper);
        this.cohorts = new CohortsClient(calls, mapper);
        this.queries = new QueryClient(calls, mapper, delays);
        this.doctor = new Doctor(calls, new LocalState(capture::status, capture::isOptedOut, flags::flagDefinitions), mapper,
                Clock.systemUTC());
        calls.metrics().watch(capture::status, flags::flagDefinitions);
    }

    RunningAccount running() {
        return new RunningAccount(this, calls.account(), calls, flags::evaluator, flags::forgetExposures);
    }

    @Override
    public String account() {
        return calls.account().name();
    }

    @Override
    public Optional<UUID> capture(CaptureEvent event) {
        return capture.capture(event);
    }

    @Override
    public Uni<UUID> captureNow(CaptureEvent event) {
        return capture.captureNow(event);
    }

    @Override
    public Uni<CaptureSummary> captureAll(Multi<CaptureEvent> events) {
        return capture.captureAll(events, false);
    }

    @Override
    public Uni<CaptureSummary> captureHistorical(Multi<CaptureEvent> events) {
        return capture.captureAll(events, true);
    }

    @Override
    public Optional<UUID> captureAi(CaptureEvent event) {
        return capture.captureAi(event);
    }

    @Override
    public Uni<UUID> captureAiNow(CaptureEvent event) {
        return capture.captureAiNow(event);
    }

    @Override
    public Optional<UUID> captureException(ExceptionEvent event) {
        return errors.capture(event);
    }

    ErrorTracking errors() {
        return errors;
    }

    @Override
    public Uni<CaptureStatus> flush() {
        return capture.flush();
    }

    @Override
    public CaptureStatus captureStatus() {
        return capture.status();
    }

    @Override
    public void optOut() {
        capture.optOut(true);
    }

    @Override
    public void optIn() {
        capture.optOut(false);
    }

    @Override
    public boolean isOptedOut() {
        return capture.isOptedOut();
    }

    @Override
    public Uni<FlagSnapshot> evaluateFlags(FlagContext context) {
        return flags.evaluateFlags(context);
    }

    @Override
    public FlagSnapshot evaluateFlagsLocally(FlagContext context) {
        return flags.evaluateFlagsLocally(context);
    }

    @Override
    public <T> Uni<T> getRemoteConfigPayload(String key, Class<T> type) {
        return flags.getRemoteConfigPayload(key, type);
    }

    @Override
    public FlagOverrides flagOverrides() {
        return flags.flagOverrides();
    }

    @Override
    public FlagDefinitionsStatus flagDefinitions() {
        return flags.flagDefinitions();
    }

    @Override
    public Uni<FlagDefinitionsStatus> reloadFlagDefinitions() {
        return flags.reloadFlagDefinitions();
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
    public Uni<CheckReport> check() {
        return doctor.check();
    }

    @Override
    public void close() throws IOException {
        try {
            flags.close();
            errors.close();
            capture.close();
        } finally {
            calls.metrics().close();
            calls.close();
        }
    }

    @Override
    public String toString() {
        return "PostHog[" + calls.account() + "]";
    }
}
