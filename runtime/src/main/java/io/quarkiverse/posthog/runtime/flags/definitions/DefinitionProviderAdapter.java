package io.quarkiverse.posthog.runtime.flags.definitions;

import java.time.Duration;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Supplier;

import org.jboss.logging.Logger;

import io.quarkiverse.posthog.flags.FlagDefinitionProvider;
import io.quarkiverse.posthog.flags.FlagDefinitionsData;
import io.quarkiverse.posthog.runtime.background.AccountExecutor;
import io.quarkus.arc.ClientProxy;
import io.smallrye.mutiny.Uni;

/**
 * Calls the {@link FlagDefinitionProvider}, if there is one. The calls are made on worker threads, because the provider
 * can block, and have a timeout; failures are only logged.
 */
final class DefinitionProviderAdapter {

    /** What this instance is to do. */
    enum Turn {
        /** Another instance fetches. */
        READ,
        /** It fetches for itself: there is no provider, or it does not work. */
        FETCH,
        /** It fetches for all. */
        FETCH_AND_STORE
    }

    private enum Call {

        SHOULD_FETCH("shouldFetch", "this instance loads the definitions from PostHog"),
        GET_DEFINITIONS("getDefinitions", "this instance keeps its definitions"),
        ON_RECEIVED("onReceived", "other instances do not get the loaded definitions"),
        SHUTDOWN("shutdown", "the shutdown continues");

        private final String method;
        private final String consequence;

        Call(String method, String consequence) {
            this.method = method;
            this.consequence = consequence;
        }
    }

    private final String account;
    private final Supplier<Optional<FlagDefinitionProvider>> lookup;
    private final Duration timeout;
    private final AccountExecutor background;
    private final ReentrantLock lock = new ReentrantLock();
    private final Set<Call> failing = EnumSet.noneOf(Call.class);
    private volatile FlagDefinitionProvider provider;
    /** Completes when there is nothing more to wait for. */
    private volatile CompletableFuture<Void> asking = CompletableFuture.completedFuture(null);

    DefinitionProviderAdapter(String account, Supplier<Optional<FlagDefinitionProvider>> lookup, Duration timeout,
            AccountExecutor background) {
        this.account = account;
        this.lookup = lookup;
        this.timeout = timeout;
        this.background = background;
    }

    /** Not before there is something to load: the provider may use PostHog itself. */
    void lookUp() {
        try {
            provider = lookup.get().orElse(null);
        } catch (RuntimeException e) {
            DefinitionsLoadLogger.LOG.errorf(e,
                    "PostHog account '%s': the FlagDefinitionProvider could not be created and is not used",
                    account);
        }
    }

    boolean exist() {
        return provider != null;
    }

    /** Never fails. */
    Uni<Turn> turn() {
        if (provider == null) {
            return Uni.createFrom().item(Turn.FETCH);
        }
        return call(Call.SHOULD_FETCH, () -> provider.shouldFetch(account), fetch -> {
            if (fetch == null) {
                throw new IllegalStateException("it returned null");
            }
        }).map(fetch -> fetch ? Turn.FETCH_AND_STORE : Turn.READ).onFailure().recoverWithItem(Turn.FETCH);
    }

    /**
     * What another instance stored; null for nothing. Fails with a {@link DefinitionProviderException}.
     *
     * @param use what is done with it, on a worker thread; when that fails, so has the provider
     */
    Uni<FlagDefinitionsData> read(Consumer<FlagDefinitionsData> use) {
        return call(Call.GET_DEFINITIONS, () -> provider.getDefinitions(account), data -> {
            if (data != null) {
                use.accept(data);
            }
        });
    }

    /** Never fails. */
    Uni<Void> store(FlagDefinitionsData data) {
        return call(Call.ON_RECEIVED, () -> provider.onReceived(account, data), ignored -> {
        }).onFailure().recoverWithNull();
    }

    /** Never fails. What was asked before is to be done with then: it might take again what is given back. */
    Uni<Void> shutdown() {
        Uni<Void> idle = Uni.createFrom().emitter(emitter -> asking.thenRun(() -> emitter.complete(null)));
        return provider == null ? Uni.createFrom().voidItem()
                : idle.chain(() -> call(Call.SHUTDOWN, () -> provider.shutdown(account), ignored -> {
                })).onFailure().recoverWithNull();
    }

    private <T> Uni<T> call(Call call, Supplier<Uni<T>> request, Consumer<T> use) {
        return answer(request)
                .chain(item -> Uni.createFrom().item(() -> {
                    use.accept(item);
                    return item;
                }).runSubscriptionOn(background::work))
                .onItem().invoke(() -> succeeded(call))
                .onFailure().transform(failure -> failed(call, failure));
    }

    /** What comes too late is ignored, be it a failure or not. */
    private <T> Uni<T> answer(Supplier<Uni<T>> request) {
        return Uni.createFrom().emitter(emitter -> {
            CompletableFuture<Void> asked = new CompletableFuture<>();
            asking = asked;
            Runnable timer = background.after(timeout,
                    () -> emitter.fail(new TimeoutException("no result within " + timeout.toMillis() + " ms")));
            emitter.onTermination(() -> {
                timer.run();
                asked.complete(null);
            });
            Uni.createFrom().<T> deferred(request::get).runSubscriptionOn(background::work)
                    .subscribe().with(emitter::complete, emitter::fail);
        });
    }

    private void succeeded(Call call) {
        if (changed(call, false)) {
            DefinitionsLoadLogger.LOG.infof("PostHog account '%s': %s works again", account, name(call));
        }
    }

    private DefinitionProviderException failed(Call call, Throwable failure) {
        Logger.Level level = changed(call, true) ? Logger.Level.WARN : Logger.Level.DEBUG;
        DefinitionProviderException failed = new DefinitionProviderException(
                name(call) + " failed: " + DefinitionsLoadLogger.text(failure));
        DefinitionsLoadLogger.LOG.logf(level, "PostHog account '%s': %s; %s", account,
                failed.getMessage(), call.consequence);
        return failed;
    }

    private boolean changed(Call call, boolean fails) {
        lock.lock();
        try {
            return fails ? failing.add(call) : failing.remove(call);
        } finally {
            lock.unlock();
        }
    }

    private String name(Call call) {
        return ClientProxy.unwrap(provider).getClass().getName() + "." + call.method;
    }
}
