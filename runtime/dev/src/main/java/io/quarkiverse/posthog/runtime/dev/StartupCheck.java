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

/** Checks the accounts in use when the application has started, in the background, and logs what is wrong. */
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
        accounts.running().stream()
                .filter(account -> account.settings().config().check().onStart())
                .filter(account -> !emulated.contains(account.settings().name()))
                .forEach(this::check);
    }

    /** Not even putting the requests together is to delay the start. */
    private void check(PostHogClient account) {
        running.add(account.check().runSubscriptionOn(Infrastructure.getDefaultWorkerPool())
                .subscribe().with(StartupCheck::log));
    }

    private static void log(CheckReport report) {
        if (!report.troubles().isEmpty()) {
            LOG.logf(report.isHealthy() ? Logger.Level.INFO : Logger.Level.WARN, "%s", report.summary());
        }
    }

    /** An application that ends has closed its accounts, which is no trouble. */
    @PreDestroy
    void stop() {
        running.forEach(Cancellable::cancel);
    }
}
