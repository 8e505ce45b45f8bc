package io.quarkiverse.posthog.runtime;

import java.io.Closeable;
import java.io.IOException;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.locks.ReentrantLock;
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
import io.quarkiverse.posthog.flags.FlagOverrides;
import io.quarkiverse.posthog.flags.FlagSnapshot;
import io.quarkiverse.posthog.insights.Insights;
import io.quarkiverse.posthog.persons.Persons;
import io.quarkiverse.posthog.query.HogQLQuery;
import io.quarkiverse.posthog.query.QueryResult;
import io.quarkiverse.posthog.query.QueryRow;
import io.quarkiverse.posthog.runtime.capture.CapturePipeline;
import io.quarkiverse.posthog.runtime.config.Account;
import io.quarkiverse.posthog.runtime.errors.ErrorTracking;
import io.quarkiverse.posthog.runtime.flags.Definitions;
import io.quarkiverse.posthog.runtime.metrics.AccountMetrics;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;

/**
 * One account. Its parts are put together when it is first used: an application that has an account, but does not use it,
 * is not to wait for that when it starts.
 */
final class PostHogClient implements PostHog, Closeable {

    private static final Logger LOG = Logger.getLogger(PostHogClient.class);

    private final Account account;
    private final Supplier<AccountParts> factory;
    private final AccountMetrics metrics;
    private final ReentrantLock lock = new ReentrantLock();
    private volatile AccountParts parts;
    private boolean closed;

    PostHogClient(Account account, Supplier<AccountParts> factory, AccountMetrics metrics) {
        this.account = account;
        this.factory = factory;
        this.metrics = metrics;
        metrics.watchCapture(this::captureStatus);
        if (account.localEvaluation()) {
            metrics.watchDefinitions(this::flagDefinitions);
        }
    }

    AccountParts parts() {
        AccountParts present = parts;
        return present == null ? assembled() : present;
    }

    private AccountParts assembled() {
        lock.lock();
        try {
            if (parts == null) {
                AccountParts made = factory.get();
                if (closed) {
                    close(made);
                }
                parts = made;
            }
            return parts;
        } finally {
            lock.unlock();
        }
    }

    RunningAccount running() {
        return new RunningAccount(this, account, () -> parts().calls(), () -> parts().flags().evaluator(),
                () -> parts().flags().forgetExposures());
    }

    @Override
    public String account() {
        return account.name();
    }

    @Override
    public Optional<UUID> capture(CaptureEvent event) {
        return parts().capture().capture(event);
    }

    @Override
    public Uni<UUID> captureNow(CaptureEvent event) {
        return parts().capture().captureNow(event);
    }

    @Override
    public Uni<CaptureSummary> captureAll(Multi<CaptureEvent> events) {
        return parts().capture().captureAll(events, false);
    }

    @Override
    public Uni<CaptureSummary> captureHistorical(Multi<CaptureEvent> events) {
        return parts().capture().captureAll(events, true);
    }

    @Override
    public Optional<UUID> captureAi(CaptureEvent event) {
        return parts().capture().captureAi(event);
    }

    @Override
    public Uni<UUID> captureAiNow(CaptureEvent event) {
        return parts().capture().captureAiNow(event);
    }

    @Override
    public Optional<UUID> captureException(ExceptionEvent event) {
        return parts().errors().capture(event);
    }

    ErrorTracking errors() {
        return parts().errors();
    }

    @Override
    public Uni<CaptureStatus> flush() {
        return parts().capture().flush();
    }

    @Override
    public CaptureStatus captureStatus() {
        AccountParts present = parts;
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
        return parts().capture().isOptedOut();
    }

    @Override
    public Uni<FlagSnapshot> evaluateFlags(FlagContext context) {
        return parts().flags().evaluateFlags(context);
    }

    @Override
    public FlagSnapshot evaluateFlagsLocally(FlagContext context) {
        return parts().flags().evaluateFlagsLocally(context);
    }

    @Override
    public <T> Uni<T> getRemoteConfigPayload(String key, Class<T> type) {
        return parts().flags().getRemoteConfigPayload(key, type);
    }

    @Override
    public FlagOverrides flagOverrides() {
        return parts().flags().flagOverrides();
    }

    @Override
    public FlagDefinitionsStatus flagDefinitions() {
        AccountParts present = parts;
        return present == null ? Definitions.NONE.status() : present.flags().flagDefinitions();
    }

    @Override
    public Uni<FlagDefinitionsStatus> reloadFlagDefinitions() {
        return parts().flags().reloadFlagDefinitions();
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
        return parts().queries().run(query);
    }

    @Override
    public Multi<QueryRow> queryRows(HogQLQuery query) {
        return parts().queries().rows(query);
    }

    @Override
    public Uni<CheckReport> check() {
        return parts().doctor().check();
    }

    @Override
    public void close() {
        metrics.close();
        lock.lock();
        try {
            closed = true;
        } finally {
            lock.unlock();
        }
        if (parts != null) {
            close(parts);
        }
    }

    private void close(AccountParts parts) {
        try {
            parts.close();
        } catch (IOException | RuntimeException e) {
            LOG.warnf(e, "PostHog account '%s' did not close cleanly", account.name());
        }
    }

    @Override
    public String toString() {
        return "PostHog[" + account + "]";
    }
}
