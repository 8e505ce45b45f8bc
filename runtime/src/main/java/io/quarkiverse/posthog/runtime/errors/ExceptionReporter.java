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

    private final Set<ExceptionSource> wanted;
    private final ExceptionAutocaptureAccounts accounts;
    private final RequestDataProvider request;
    private final ThrowableDeduplicator<PendingException> claims;
    /** Set while the thread reports: what is logged meanwhile, such as by a hook, would be reported without end. */
    private final ThreadLocal<Boolean> reporting = new ThreadLocal<>();
    private volatile boolean closed;

    /** @param wanted where any account captures exceptions */
    public ExceptionReporter(Set<ExceptionSource> wanted, ExceptionAutocaptureAccounts accounts, RequestDataProvider request) {
        this(wanted, accounts, request, System::nanoTime);
    }

    ExceptionReporter(Set<ExceptionSource> wanted, ExceptionAutocaptureAccounts accounts, RequestDataProvider request,
            LongSupplier nanoTime) {
        this.wanted = wanted;
        this.accounts = accounts;
        this.request = request;
        this.claims = new ThrowableDeduplicator<>(nanoTime);
    }

    /** Where any account of the configuration captures exceptions. */
    public static Set<ExceptionSource> wanted(PostHogRuntimeConfig config) {
        Set<ExceptionSource> wanted = EnumSet.noneOf(ExceptionSource.class);
        config.accounts().values().forEach(account -> wanted.addAll(wanted(account)));
        return wanted;
    }

    /** Where an account captures exceptions without the application doing it. */
    public static Set<ExceptionSource> wanted(AccountConfig account) {
        Set<ExceptionSource> wanted = EnumSet.noneOf(ExceptionSource.class);
        if (account.active() && ResolvedAccountConfig.hasKeys(account)) {
            for (ExceptionSource boundary : ExceptionSource.values()) {
                if (boundary != ExceptionSource.MANUAL && boundary.isWanted(account.exceptions())) {
                    wanted.add(boundary);
                }
            }
        }
        return wanted;
    }

    /** Whether it is worth reporting what arrives there. */
    public boolean isWanted(ExceptionSource boundary) {
        return !closed && wanted.contains(boundary);
    }

    /** Reports what has arrived. */
    public void report(ExceptionSource boundary, ExceptionEvent event) {
        report(boundary, event, null);
    }

    void report(ExceptionSource boundary, ExceptionEvent event, LogOrigin log) {
        if (event.exception() == null || !isWanted(boundary)) {
            return;
        }
        guarded(() -> {
            ExceptionReport report = new ExceptionReport(boundary, event, request.data(), null, log);
            PendingException claim = claims.find(event.exception());
            if (claim == null || !claim.await(report)) {
                deliver(report);
            }
            return null;
        });
    }

    /**
     * Announces an exception that is answered later.
     *
     * @param http the HTTP request it happened in
     * @return what is to be settled with the answer; null when that is for somebody else to do, or nobody wants it
     */
    public PendingException claim(ExceptionSource boundary, Throwable thrown, HttpRequestInfo http) {
        if (thrown == null || closed || wanted.isEmpty()) {
            return null;
        }
        return guarded(() -> {
            if (claims.find(thrown) != null) {
                return null;
            }
            PendingException mine = new PendingException(boundary, thrown, request.data(http));
            return claims.findOrAdd(thrown, mine) == null ? mine : null;
        });
    }

    /**
     * Reports what became of an exception, once.
     *
     * @param event null when nothing is to be reported but what the log says
     * @param status what it was answered with; null when it was not answered
     */
    public void settle(PendingException claim, ExceptionEvent event, Integer status) {
        List<ExceptionReport> waiting = claim.settle();
        if (waiting == null) {
            return;
        }
        guarded(() -> {
            claims.remove(claim.thrown());
            if (event != null) {
                deliver(new ExceptionReport(claim.boundary(), event, claim.request(), status, null));
            }
            waiting.forEach(this::deliver);
            return null;
        });
    }

    private void deliver(ExceptionReport report) {
        if (isWanted(report.boundary())) {
            accounts.errorTracking().forEach(account -> account.arrived(report));
        }
    }

    /** @return null when it failed, or when it was caused by a report itself */
    private <T> T guarded(Supplier<T> action) {
        if (reporting.get() != null) {
            return null;
        }
        reporting.set(true);
        try {
            return action.get();
        } catch (Throwable e) {
            LOG.errorf(e, "An exception could not be captured for PostHog");
            return null;
        } finally {
            reporting.remove();
        }
    }

    /** Nothing is captured any longer: the application ends. */
    public void close() {
        closed = true;
    }
}
