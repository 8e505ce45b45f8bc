package io.quarkiverse.posthog.runtime;

import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import jakarta.interceptor.Interceptor;

import io.quarkiverse.posthog.runtime.background.Waiting;
import io.quarkiverse.posthog.runtime.flags.definitions.DefinitionsLoader;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;

/**
 * Lets startup wait for flag definitions, and stops loading them before shared resources such as a Redis client are
 * closed.
 */
@Singleton
public class FlagDefinitionsLifecycle {

    /** When injected accounts are made: before beans of the application, which may evaluate flags at the start. */
    public static final int ACCOUNTS_PRIORITY = Interceptor.Priority.LIBRARY_BEFORE;

    private final Set<DefinitionsLoader> loaders = ConcurrentHashMap.newKeySet();

    DefinitionsLoader add(DefinitionsLoader loader) {
        loaders.removeIf(DefinitionsLoader::isClosed);
        loaders.add(loader);
        return loader;
    }

    /** Each waits for a bounded time, and all at once. */
    void started(@Observes @Priority(ACCOUNTS_PRIORITY + 1) StartupEvent event) {
        await(loaders.stream().filter(loader -> !loader.isReady()).map(DefinitionsLoader::ready).toList());
    }

    void stopped(@Observes ShutdownEvent event) {
        await(loaders.stream().map(DefinitionsLoader::stop).toList());
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
