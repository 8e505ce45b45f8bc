package io.quarkiverse.posthog.runtime.accounts;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.spi.Bean;
import jakarta.enterprise.inject.spi.BeanManager;
import jakarta.inject.Singleton;
import jakarta.interceptor.Interceptor;

import io.quarkiverse.posthog.runtime.background.Waiting;
import io.quarkiverse.posthog.runtime.flags.FlagDefinitionsSource;
import io.quarkus.arc.Arc;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;

/**
 * Starts the injected accounts, lets startup wait for flag definitions, and stops loading them before shared resources such
 * as a Redis client are closed.
 */
@Singleton
public class AccountLifecycle {

    /** The priority of creating injected accounts: before beans of the application, which may evaluate flags at startup. */
    public static final int ACCOUNTS_PRIORITY = Interceptor.Priority.LIBRARY_BEFORE;

    /** Waits for the definitions of all accounts concurrently. The wait of each account has a timeout. */
    void started(@Observes @Priority(ACCOUNTS_PRIORITY + 1) StartupEvent event) {
        registry().ifPresent(AccountRegistry::start);
        await(definitions().filter(source -> !source.isReady()).map(FlagDefinitionsSource::ready).toList());
    }

    void stopped(@Observes ShutdownEvent event) {
        await(definitions().map(FlagDefinitionsSource::stop).toList());
    }

    private static Stream<FlagDefinitionsSource> definitions() {
        return registry().stream().flatMap(accounts -> accounts.running().stream()).map(PostHogClient::definitions);
    }

    /** Does not create the registry in an application that uses no account. */
    private static Optional<AccountRegistry> registry() {
        BeanManager beans = Arc.container().beanManager();
        Bean<?> bean = beans.resolve(beans.getBeans(AccountRegistry.class));
        return Optional.ofNullable((AccountRegistry) beans.getContext(Singleton.class).get(bean));
    }

    private static void await(List<Uni<Void>> all) {
        if (all.isEmpty()) {
            return;
        }
        Uni<?> joined = Uni.join().all(all).andCollectFailures();
        if (Infrastructure.canCallerThreadBeBlocked()) {
            Waiting.forEnd(joined);
        } else {
            joined.subscribe().with(ignored -> {
            });
        }
    }
}
