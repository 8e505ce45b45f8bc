package io.quarkiverse.posthog.runtime;

import java.io.Closeable;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import java.util.function.Supplier;

import org.jboss.logging.Logger;

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
import io.quarkiverse.posthog.flags.FlagError;
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
import io.quarkiverse.posthog.runtime.config.ResolvedAccountConfig;
import io.quarkiverse.posthog.runtime.errors.ErrorTracking;
import io.quarkiverse.posthog.runtime.flags.EmptyFlagSnapshot;
import io.quarkiverse.posthog.runtime.flags.FlagDefinitionsSource;
import io.quarkiverse.posthog.runtime.metrics.AccountMetrics;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;

/**
 * One account. Its parts are put together when it is first used: an application that has an account, but does not use it,
 * is not to wait for that when it starts.
 */
final class PostHogClient implements PostHog, Closeable {

    private static final Logger LOG = Logger.getLogger(PostHogClient.class);

    private final ResolvedAccountConfig account;
    private final LazyAccountComponents assembly;
    private final AccountMetrics metrics;
    private final AtomicBoolean closed = new AtomicBoolean();
    /** The last failure that was logged. */
    private volatile RuntimeException unusable;

    /** @param closedFactory creates the parts of an account that is first used after it was closed */
    PostHogClient(ResolvedAccountConfig account, Supplier<AccountComponents> factory, Supplier<AccountComponents> closedFactory,
            AccountMetrics metrics) {
        this.account = account;
        this.assembly = new LazyAccountComponents(account, factory, closedFactory);
        this.metrics = metrics;
        metrics.watchCapture(this::captureStatus);
        if (account.localEvaluation()) {
            metrics.watchDefinitions(this::flagDefinitions);
        }
    }

    /** @throws RuntimeException when the account can't be used, for now or at all */
    AccountComponents parts() {
        return assembly.parts();
    }

    /** @return null, after this was logged, when the account can't be used; for what must not fail */
    private AccountComponents usable() {
        try {
            return parts();
        } catch (RuntimeException e) {
            // The same one for a while, until it is tried again
            if (unusable != e) {
                unusable = e;
                LOG.errorf("PostHog account '%s' can't be used: %s", account.name(), e);
            }
            return null;
        }
    }

    /** What fails when it is subscribed to. */
    private <T> Uni<T> orFail(Function<AccountComponents, Uni<T>> use) {
        AccountComponents usable;
        try {
            usable = parts();
        } catch (RuntimeException e) {
            return Uni.createFrom().failure(e);
        }
        return use.apply(usable);
    }

    AccountHandle running() {
        return new AccountHandle(this, account, () -> parts().calls(), () -> parts().flags().evaluator(),
                () -> parts().flags().forgetExposures());
    }

    ResolvedAccountConfig settings() {
        return account;
    }

    @Override
    public String account() {
        return account.name();
    }

    @Override
    public Optional<UUID> capture(CaptureEvent event) {
        AccountComponents usable = usable();
        return usable == null ? Optional.empty() : usable.capture().capture(CaptureRequest.of(event));
    }

    @Override
    public Uni<UUID> captureNow(CaptureEvent event) {
        return orFail(usable -> usable.capture().captureNow(CaptureRequest.of(event)));
    }

    @Override
    public Uni<CaptureSummary> captureAll(Multi<CaptureEvent> events) {
        return orFail(usable -> usable.capture().captureAll(events, false));
    }

    @Override
    public Uni<CaptureSummary> captureHistorical(Multi<CaptureEvent> events) {
        return orFail(usable -> usable.capture().captureAll(events, true));
    }

    @Override
    public Optional<UUID> captureAi(CaptureEvent event) {
        AccountComponents usable = usable();
        return usable == null ? Optional.empty() : usable.capture().capture(CaptureRequest.of(event, EventKind.AI));
    }

    @Override
    public Uni<UUID> captureAiNow(CaptureEvent event) {
        return orFail(usable -> usable.capture().captureNow(CaptureRequest.of(event, EventKind.AI)));
    }

    @Override
    public Optional<UUID> captureException(ExceptionEvent event) {
        AccountComponents usable = usable();
        return usable == null ? Optional.empty() : usable.errors().capture(event);
    }

    ErrorTracking errors() {
        return parts().errors();
    }

    @Override
    public Uni<CaptureStatus> flush() {
        return orFail(usable -> usable.capture().flush());
    }

    @Override
    public CaptureStatus captureStatus() {
        AccountComponents present = assembly.present();
        return present == null ? CapturePipeline.UNUSED : present.capture().status();
    }

    @Override
    public void optOut() {
        parts().capture().optOut(true);
    }

    @Override
    public void optIn() {
        parts().capture().optOut(false);
    }

    @Override
    public boolean isOptedOut() {
        AccountComponents present = assembly.present();
        return present == null ? !account.config().capture().enabled() : present.capture().isOptedOut();
    }

    @Override
    public Uni<FlagSnapshot> evaluateFlags(FlagContext context) {
        AccountComponents usable = usable();
        return usable == null ? Uni.createFrom().item(EmptyFlagSnapshot.of(context, FlagError.UNKNOWN))
                : usable.flags().evaluateFlags(context);
    }

    @Override
    public FlagSnapshot evaluateFlagsLocally(FlagContext context) {
        AccountComponents usable = usable();
        return usable == null ? EmptyFlagSnapshot.of(context, FlagError.UNKNOWN) : usable.flags().evaluateFlagsLocally(context);
    }

    @Override
    public <T> Uni<T> getRemoteConfigPayload(String key, Class<T> type) {
        return orFail(usable -> usable.flags().getRemoteConfigPayload(key, type));
    }

    @Override
    public FlagOverrides flagOverrides() {
        return parts().flags().flagOverrides();
    }

    @Override
    public FlagDefinitionsStatus flagDefinitions() {
        AccountComponents present = assembly.present();
        return present == null ? FlagDefinitionsSource.NONE.status() : present.flags().flagDefinitions();
    }

    @Override
    public Uni<FlagDefinitionsStatus> reloadFlagDefinitions() {
        return orFail(usable -> usable.flags().reloadFlagDefinitions());
    }

    @Override
    public Events events() {
        return parts().events();
    }

    @Override
    public Persons persons() {
        return parts().persons();
    }

    @Override
    public FeatureFlags featureFlags() {
        return parts().featureFlags();
    }

    @Override
    public Insights insights() {
        return parts().insights();
    }

    @Override
    public Dashboards dashboards() {
        return parts().dashboards();
    }

    @Override
    public Cohorts cohorts() {
        return parts().cohorts();
    }

    @Override
    public Uni<QueryResult> query(HogQLQuery query) {
        return orFail(usable -> usable.queries().run(query));
    }

    @Override
    public Multi<QueryRow> queryRows(HogQLQuery query) {
        return Multi.createFrom().deferred(() -> parts().queries().rows(query));
    }

    @Override
    public Uni<CheckReport> check() {
        return Uni.createFrom().deferred(() -> parts().checker().check());
    }

    /** Takes no more, and sends what is left for as long as the configuration allows. Never fails. */
    Uni<Void> drain() {
        AccountComponents present = assembly.end();
        return present == null ? Uni.createFrom().voidItem() : present.capture().drain();
    }

    boolean isClosed() {
        return closed.get();
    }

    /** Sends what is left, and waits for that. Not for event loops. */
    @Override
    public void close() {
        AccountComponents present = assembly.end();
        if (closed.compareAndSet(false, true)) {
            if (present != null) {
                present.closeQuietly();
            }
            metrics.close();
        }
    }

    @Override
    public String toString() {
        return "PostHog[" + account + "]";
    }
}
