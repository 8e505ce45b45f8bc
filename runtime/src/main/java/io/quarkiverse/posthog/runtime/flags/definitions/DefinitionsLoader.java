package io.quarkiverse.posthog.runtime.flags.definitions;

import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Supplier;

import io.quarkiverse.posthog.flags.FlagDefinitionCacheProvider;
import io.quarkiverse.posthog.flags.FlagDefinitionsStatus;
import io.quarkiverse.posthog.runtime.background.AccountExecutor;
import io.quarkiverse.posthog.runtime.background.Waiting;
import io.quarkiverse.posthog.runtime.config.FlagsConfig.DefinitionsConfig;
import io.quarkiverse.posthog.runtime.flags.FlagDefinitionsSource;
import io.quarkiverse.posthog.runtime.flags.local.LocalEvaluator;
import io.quarkiverse.posthog.runtime.rest.ApiExecutor;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;

/**
 * Keeps the flag definitions of an account up to date, with one load at a time. A successful load replaces all definitions. A
 * failed one keeps them, unless PostHog no longer permits local evaluation.
 */
public final class DefinitionsLoader implements FlagDefinitionsSource {

    private final DefinitionsConfig config;
    private final AccountExecutor background;
    private final DefinitionsLoadLogger log;
    private final FlagDefinitionsHolder current;
    private final DefinitionsFetcher sources;
    private final SingleFlight load;
    private final PollBackoff pace;
    private final ReadinessLatch readiness = new ReadinessLatch();
    private final AtomicBoolean closed = new AtomicBoolean();
    private volatile boolean tried;
    private volatile Throwable lastFailure;
    private volatile Runnable nextPoll = () -> {
    };

    /**
     * @param provider looked up when definitions are loaded for the first time
     * @param listener receives the keys of the flags that have changed
     */
    public DefinitionsLoader(ApiExecutor calls, AccountExecutor background,
            Supplier<Optional<FlagDefinitionCacheProvider>> provider, Consumer<Set<String>> listener) {
        this.config = calls.account().config().flags().definitions();
        this.background = background;
        this.log = new DefinitionsLoadLogger(calls.account().name());
        this.current = new FlagDefinitionsHolder(log, readiness, listener);
        this.sources = new DefinitionsFetcher(calls, background, provider, current);
        this.load = new SingleFlight(background, this::attempt);
        this.pace = new PollBackoff(config.pollInterval());
    }

    @Override
    public void start(Runnable whenChanged) {
        current.onChange(whenChanged);
        readiness.within(background, config.startupTimeout());
        poll();
    }

    private void poll() {
        load.run().subscribe().with(ignored -> {
        });
    }

    private Uni<Void> attempt() {
        return sources.load(!tried)
                .onItem().invoke(() -> ended(null))
                .onFailure().invoke(this::ended)
                .onFailure().recoverWithNull();
    }

    /** @param failure null if the load succeeded */
    private void ended(Throwable failure) {
        if (closed.get()) {
            return;
        }
        tried = true;
        lastFailure = failure;
        if (failure == null) {
            log.succeeded();
        } else {
            if (LoadFailureKind.of(failure) == LoadFailureKind.QUOTA) {
                current.clear();
            }
            log.failed(failure, current.get());
        }
        readiness.now();
        pollAfter(pace.next(failure));
    }

    private void pollAfter(Duration wait) {
        nextPoll.run();
        nextPoll = background.after(wait, this::poll);
        if (closed.get()) {
            nextPoll.run();
        }
    }

    @Override
    public LocalEvaluator evaluator() {
        LoadedDefinitions loaded = current.get();
        return loaded == null ? null : loaded.evaluator();
    }

    @Override
    public long refreshes() {
        return current.refreshes();
    }

    @Override
    public boolean isReady() {
        return readiness.isReady();
    }

    @Override
    public Uni<Void> ready() {
        return readiness.ready();
    }

    @Override
    public FlagDefinitionsStatus status() {
        Optional<LoadedDefinitions> loaded = Optional.ofNullable(current.get());
        return new FlagDefinitionsStatus(true, loaded.isPresent(), loaded.map(it -> it.flags().size()).orElse(0),
                loaded.map(LoadedDefinitions::origin), loaded.map(LoadedDefinitions::confirmedAt),
                Optional.ofNullable(lastFailure).map(DefinitionsLoadLogger::text),
                loaded.map(it -> it.flags().propertyMatchingVersion()).orElse(1));
    }

    @Override
    public Uni<FlagDefinitionsStatus> reload() {
        return load.runAgain().map(ignored -> status());
    }

    @Override
    public Uni<Void> stop() {
        if (!closed.compareAndSet(false, true)) {
            return Uni.createFrom().voidItem();
        }
        current.close();
        load.close();
        nextPoll.run();
        readiness.now();
        return sources.close();
    }

    @Override
    public void close() {
        // Needs its own timeout, of two calls of the provider: the event loop of the timers may be closed
        Duration longest = config.providerTimeout().multipliedBy(2).plusSeconds(1);
        Uni<Void> stopped = stop().ifNoItem().after(longest).recoverWithItem(() -> null);
        if (Infrastructure.canCallerThreadBeBlocked()) {
            Waiting.forEnd(stopped);
        } else {
            stopped.subscribe().with(ignored -> {
            });
        }
    }
}
