package io.quarkiverse.posthog.runtime.accounts;

import java.io.Closeable;
import java.io.IOException;
import java.time.Clock;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;

import org.jboss.logging.Logger;

import io.quarkiverse.posthog.CaptureEvent;
import io.quarkiverse.posthog.PostHog;
import io.quarkiverse.posthog.api.RestApi;
import io.quarkiverse.posthog.capture.CaptureStatus;
import io.quarkiverse.posthog.capture.CaptureSummary;
import io.quarkiverse.posthog.capture.EventDelivery;
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
import io.quarkiverse.posthog.runtime.capture.CaptureRequest;
import io.quarkiverse.posthog.runtime.capture.event.EventKind;
import io.quarkiverse.posthog.runtime.capture.event.PreprocessingResult;
import io.quarkiverse.posthog.runtime.check.AccountChecker;
import io.quarkiverse.posthog.runtime.check.AccountChecker.LocalState;
import io.quarkiverse.posthog.runtime.config.ResolvedAccountConfig;
import io.quarkiverse.posthog.runtime.errors.ErrorTracking;
import io.quarkiverse.posthog.runtime.flags.FlagDefinitionsSource;
import io.quarkiverse.posthog.runtime.flags.FlagEvaluations;
import io.quarkiverse.posthog.runtime.flags.local.LocalEvaluator;
import io.quarkiverse.posthog.runtime.resources.CohortsClient;
import io.quarkiverse.posthog.runtime.resources.DashboardsClient;
import io.quarkiverse.posthog.runtime.resources.EventsClient;
import io.quarkiverse.posthog.runtime.resources.FeatureFlagsClient;
import io.quarkiverse.posthog.runtime.resources.InsightsClient;
import io.quarkiverse.posthog.runtime.resources.PersonsClient;
import io.quarkiverse.posthog.runtime.resources.QueryClient;
import io.quarkiverse.posthog.runtime.resources.RestApiClient;
import io.quarkiverse.posthog.runtime.rest.ApiExecutor;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;

/**
 * The client of an account, which delegates to the components of the account. Components without state are created for each
 * call, so that an application only loads the classes of those that it uses.
 */
public final class PostHogClient implements PostHog, Closeable {

    private static final Logger LOG = Logger.getLogger(PostHogClient.class);

    private final ApiExecutor calls;
    private final CapturePipeline capture;
    private final FlagEvaluations flags;
    private final ErrorTracking errors;
    private final QueryClient queries;
    /** The organization of the project, after its lookup. */
    private final AtomicReference<String> organization = new AtomicReference<>();
    private final AtomicBoolean closed = new AtomicBoolean();

    PostHogClient(ApiExecutor calls, CapturePipeline capture, FlagEvaluations flags,
            ErrorTracking errors) {
        this.calls = calls;
        this.capture = capture;
        this.flags = flags;
        this.errors = errors;
        this.queries = new QueryClient(calls);
        calls.metrics().watchCapture(capture::status);
        if (calls.account().localEvaluation()) {
            calls.metrics().watchDefinitions(flags::flagDefinitionsStatus);
        }
    }

    @Override
    public String account() {
        return settings().name();
    }

    /** The configuration of the account. */
    public ResolvedAccountConfig settings() {
        return calls.account();
    }

    /** Sends the requests of the account. */
    public ApiExecutor calls() {
        return calls;
    }

    /** Evaluates with the definitions that are loaded; null if none are. */
    public LocalEvaluator evaluator() {
        return definitions().evaluator();
    }

    /** Lets exposures to flags be captured again. */
    public void forgetExposures() {
        flags.forgetExposures();
    }

    FlagDefinitionsSource definitions() {
        return flags.definitions();
    }

    ErrorTracking errors() {
        return errors;
    }

    /**
     * The event that {@link #captureImmediate(CaptureRequest)} sends, or the reason why it is discarded. Nothing is sent or
     * counted.
     */
    public PreprocessingResult previewCapture(CaptureRequest request) {
        return capture.preview(request);
    }

    /** Sends an event immediately, like {@link #captureImmediate(CaptureEvent)}. */
    public Uni<UUID> captureImmediate(CaptureRequest request) {
        return capture.captureImmediate(request);
    }

    @Override
    public Optional<UUID> capture(CaptureEvent event) {
        return capture.capture(CaptureRequest.of(event));
    }

    @Override
    public Uni<UUID> captureImmediate(CaptureEvent event) {
        return capture.captureImmediate(CaptureRequest.of(event));
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
    public Uni<CaptureSummary> deliverAll(Multi<? extends EventDelivery> events) {
        return capture.deliverAll(events);
    }

    @Override
    public Optional<UUID> captureAi(CaptureEvent event) {
        return capture.capture(CaptureRequest.of(event, EventKind.AI));
    }

    @Override
    public Uni<UUID> captureAiImmediate(CaptureEvent event) {
        return capture.captureImmediate(CaptureRequest.of(event, EventKind.AI));
    }

    @Override
    public Optional<UUID> captureException(ExceptionEvent event) {
        return errors.capture(event);
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
    public FlagDefinitionsStatus flagDefinitionsStatus() {
        return flags.flagDefinitionsStatus();
    }

    @Override
    public Uni<FlagDefinitionsStatus> reloadFlagDefinitions() {
        return flags.reloadFlagDefinitions();
    }

    @Override
    public Events events() {
        return new EventsClient(calls);
    }

    @Override
    public Persons persons() {
        return new PersonsClient(calls);
    }

    @Override
    public FeatureFlags featureFlags() {
        return new FeatureFlagsClient(calls);
    }

    @Override
    public Insights insights() {
        return new InsightsClient(calls);
    }

    @Override
    public Dashboards dashboards() {
        return new DashboardsClient(calls);
    }

    @Override
    public Cohorts cohorts() {
        return new CohortsClient(calls);
    }

    @Override
    public RestApi api() {
        return new RestApiClient(calls, organization);
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
        LocalState state = new LocalState(capture::status, capture::isOptedOut, flags::flagDefinitionsStatus,
                AccountBeanLookup.plannedEvents(settings().name()));
        return new AccountChecker(calls, state, Clock.systemUTC()).check();
    }

    /** Takes no more events, and sends the queued ones for as long as the configuration allows. Never fails. */
    Uni<Void> drain() {
        return capture.drain();
    }

    boolean isClosed() {
        return closed.get();
    }

    /** Sends the queued events, and waits for that. A failure is logged. Not for event loops. */
    @Override
    public void close() {
        if (!closed.compareAndSet(false, true)) {
            return;
        }
        try {
            closeComponents();
        } catch (IOException | RuntimeException e) {
            LOG.warnf(e, "PostHog account '%s': closing the account failed", account());
        } finally {
            calls.metrics().close();
        }
    }

    private void closeComponents() throws IOException {
        try {
            flags.close();
            errors.close();
            capture.close();
        } finally {
            calls.close();
        }
    }

    @Override
    public String toString() {
        return "PostHog[" + settings() + "]";
    }
}
