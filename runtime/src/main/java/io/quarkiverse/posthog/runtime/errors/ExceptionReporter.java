package io.quarkiverse.posthog.runtime.errors;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

import org.jboss.logging.Logger;

import io.quarkiverse.posthog.errors.ExceptionEvent;
import io.quarkiverse.posthog.runtime.config.AccountConfig;
import io.quarkiverse.posthog.runtime.config.PostHogRuntimeConfig;
import io.quarkiverse.posthog.runtime.config.ResolvedAccountConfig;
import io.quarkiverse.posthog.runtime.context.HttpRequestInfo;
import io.quarkiverse.posthog.runtime.context.RequestDataProvider;
import io.quarkiverse.posthog.runtime.errors.ExceptionReport.LogOrigin;

/**
 * Receives exceptions from all sources. An exception that several sources report is captured once per account.
 * <p>
 * No method fails or blocks.
 */
public final class ExceptionReporter {

    private static final Logger LOG = Logger.getLogger("io.quarkiverse.posthog.exceptions");

    private final Set<ExceptionSource> sources;
    private final ExceptionAutocaptureAccounts accounts;
    private final RequestDataProvider request;
    private final ThrowableDeduplicator<PendingException> pendingExceptions;
    /**
     * Set while the thread reports an exception. Exceptions that are logged during this time, for example by a hook, are not
     * reported, because this could never end.
     */
    private final ThreadLocal<Boolean> reporting = new ThreadLocal<>();
    private volatile boolean closed;

    /**
     * Creates a reporter.
     *
     * @param sources the sources that are enabled for at least one account
     */
    public ExceptionReporter(Set<ExceptionSource> sources, ExceptionAutocaptureAccounts accounts, RequestDataProvider request) {
        this(sources, accounts, request, System::nanoTime);
    }

    ExceptionReporter(Set<ExceptionSource> sources, ExceptionAutocaptureAccounts accounts, RequestDataProvider request,
            LongSupplier nanoTime) {
        this.sources = sources;
        this.accounts = accounts;
        this.request = request;
        this.pendingExceptions = new ThrowableDeduplicator<>(nanoTime);
    }

    /** Returns the sources that are enabled for at least one configured account. */
    public static Set<ExceptionSource> enabledSources(PostHogRuntimeConfig config) {
        Set<ExceptionSource> sources = EnumSet.noneOf(ExceptionSource.class);
        config.accounts().values().forEach(account -> sources.addAll(enabledSources(account)));
        return sources;
    }

    /** Returns the sources that are enabled for an account. */
    public static Set<ExceptionSource> enabledSources(AccountConfig account) {
        Set<ExceptionSource> sources = EnumSet.noneOf(ExceptionSource.class);
        if (account.active() && ResolvedAccountConfig.hasKeys(account)) {
            for (ExceptionSource source : ExceptionSource.values()) {
                if (source != ExceptionSource.MANUAL && source.isWanted(account.exceptions())) {
                    sources.add(source);
                }
            }
        }
        return sources;
    }

    /** Returns whether at least one account captures exceptions of this source. */
    public boolean isWanted(ExceptionSource source) {
        return !closed && sources.contains(source);
    }

    /** Reports an exception. */
    public void report(ExceptionSource source, ExceptionEvent event) {
        report(source, event, null);
    }

    void report(ExceptionSource source, ExceptionEvent event, LogOrigin log) {
        if (event.exception() == null || !isWanted(source)) {
            return;
        }
        guarded(() -> {
            ExceptionReport report = new ExceptionReport(source, event, request.data(), null, log);
            PendingException pending = pendingExceptions.find(event.exception());
            if (pending == null || !pending.await(report)) {
                deliver(report);
            }
            return null;
        });
    }

    /**
     * Defers the report of an exception until the response of its HTTP request ends.
     *
     * @param http the HTTP request that failed
     * @return the exception, to be settled when the response ends; null if another source has deferred it, or no account
     *         captures it
     */
    public PendingException defer(ExceptionSource source, Throwable thrown, HttpRequestInfo http) {
        if (thrown == null || closed || sources.isEmpty()) {
            return null;
        }
        return guarded(() -> {
            if (pendingExceptions.find(thrown) != null) {
                return null;
            }
            PendingException added = new PendingException(source, thrown, request.data(http));
            return pendingExceptions.findOrAdd(thrown, added) == null ? added : null;
        });
    }

    /**
     * Reports a deferred exception, and the deferred reports of other sources. Further calls do nothing.
     *
     * @param event the event; null to report only the reports of other sources
     * @param status the HTTP status of the response; null without a response
     */
    public void settle(PendingException pending, ExceptionEvent event, Integer status) {
        List<ExceptionReport> waiting = pending.settle();
        if (waiting == null) {
            return;
        }
        guarded(() -> {
            pendingExceptions.remove(pending.thrown());
            if (event != null) {
                deliver(new ExceptionReport(pending.source(), event, pending.request(), status, null));
            }
            waiting.forEach(this::deliver);
            return null;
        });
    }

    private void deliver(ExceptionReport report) {
        if (isWanted(report.source())) {
            accounts.errorTracking().forEach(account -> account.reported(report));
        }
    }

    /** Runs an action. Returns null if it fails, or if the thread is already reporting an exception. */
    private <T> T guarded(Supplier<T> action) {
        if (reporting.get() != null) {
            return null;
        }
        reporting.set(true);
        try {
            return action.get();
        } catch (Throwable e) {
            LOG.errorf(e, "An exception could not be captured for PostHog; the application is not affected");
            return null;
        } finally {
            reporting.remove();
        }
    }

    /** Stops reporting exceptions. */
    public void close() {
        closed = true;
    }
}
