package io.quarkiverse.posthog.runtime.dev;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import jakarta.annotation.PreDestroy;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;

import org.jboss.logging.Logger;

import io.quarkiverse.posthog.check.CheckReport;
import io.quarkiverse.posthog.runtime.accounts.AccountRegistry;
import io.quarkiverse.posthog.runtime.accounts.PostHogClient;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import io.smallrye.mutiny.subscription.Cancellable;

/** Checks the accounts in use in the background when the application has started, and logs the problems. */
public final class StartupCheck {

    private static final Logger LOG = Logger.getLogger("io.quarkiverse.posthog.check");

    private final AccountRegistry accounts;
    private final EmulatedAccounts emulated;
    private final List<Cancellable> running = new CopyOnWriteArrayList<>();

    @Inject
    StartupCheck(AccountRegistry accounts, EmulatedAccounts emulated) {
        this.accounts = accounts;
        this.emulated = emulated;
    }

    void started(@Observes StartupEvent event) {
        accounts.inUse().stream()
                .filter(account -> account.settings().config().check().onStartup())
                .filter(account -> !emulated.contains(account.settings().name()))
                .forEach(this::check);
    }

    /** Checks an account on a worker thread, because even building the requests would delay startup. */
    private void check(PostHogClient account) {
        running.add(account.check().runSubscriptionOn(Infrastructure.getDefaultWorkerPool())
                .subscribe().with(StartupCheck::log));
    }

    private static void log(CheckReport report) {
        if (!report.problems().isEmpty()) {
            LOG.logf(report.isHealthy() ? Logger.Level.INFO : Logger.Level.WARN, "%s", report.summary());
        }
    }

    /** Cancels the checks, because the accounts of a stopping application are closed, which is not a problem to report. */
    @PreDestroy
    void stop() {
        running.forEach(Cancellable::cancel);
    }
}
