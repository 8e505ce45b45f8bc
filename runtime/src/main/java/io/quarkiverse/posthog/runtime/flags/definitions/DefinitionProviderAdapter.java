package io.quarkiverse.posthog.runtime.flags.definitions;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.Supplier;

import org.jboss.logging.Logger;

import io.quarkiverse.posthog.flags.FlagDefinitionCacheData;
import io.quarkiverse.posthog.flags.FlagDefinitionCacheProvider;
import io.quarkiverse.posthog.runtime.background.AccountExecutor;
import io.quarkiverse.posthog.runtime.support.DuplicateMessageFilter;
import io.quarkus.arc.ClientProxy;
import io.smallrye.mutiny.Uni;

/**
 * Calls the {@link FlagDefinitionCacheProvider}, if there is one. The calls are made on worker threads, because the provider
 * can block, and have a timeout; failures are only logged.
 */
final class DefinitionProviderAdapter {

    /** The task of this instance. */
    enum Turn {
        /** Another instance fetches. */
        READ,
        /** This instance fetches for itself, because no provider works. */
        FETCH,
        /** This instance fetches for all. */
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
    private final Supplier<Optional<FlagDefinitionCacheProvider>> lookup;
    private final Duration timeout;
    private final AccountExecutor background;
    private final DuplicateMessageFilter<Call> failures = new DuplicateMessageFilter<>();
    private volatile FlagDefinitionCacheProvider provider;
    /** Completes with the last call. */
    private volatile CompletableFuture<Void> lastCall = CompletableFuture.completedFuture(null);

    DefinitionProviderAdapter(String account, Supplier<Optional<FlagDefinitionCacheProvider>> lookup, Duration timeout,
            AccountExecutor background) {
        this.account = account;
        this.lookup = lookup;
        this.timeout = timeout;
        this.background = background;
    }

    /** Looks the provider up. Called when definitions are first loaded, because the provider may use PostHog itself. */
    void lookUp() {
        try {
            provider = lookup.get().orElse(null);
        } catch (RuntimeException e) {
            DefinitionsLoadLogger.LOG.errorf(e,
                    "PostHog account '%s': the FlagDefinitionCacheProvider could not be created and is not used",
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
        return call(Call.SHOULD_FETCH, () -> provider.shouldFetchFlagDefinitions(account), fetch -> {
            if (fetch == null) {
                throw new IllegalStateException("it returned null");
            }
        }).map(fetch -> fetch ? Turn.FETCH_AND_STORE : Turn.READ).onFailure().recoverWithItem(Turn.FETCH);
    }

    /**
     * Reads the definitions that another instance stored; null if there are none. Fails with a
     * {@link DefinitionProviderException}.
     *
     * @param use uses the definitions, on a worker thread; its failure is a failure of the provider
     */
    Uni<FlagDefinitionCacheData> read(Consumer<FlagDefinitionCacheData> use) {
        return call(Call.GET_DEFINITIONS, () -> provider.getFlagDefinitions(account), data -> {
            if (data != null) {
                use.accept(data);
            }
        });
    }

    /** Never fails. */
    Uni<Void> store(FlagDefinitionCacheData data) {
        return call(Call.ON_RECEIVED, () -> provider.onFlagDefinitionsReceived(account, data), ignored -> {
        }).onFailure().recoverWithNull();
    }

    /** Never fails. Waits for the last call, which might otherwise acquire a lock again that the shutdown releases. */
    Uni<Void> shutdown() {
        Uni<Void> idle = Uni.createFrom().emitter(emitter -> lastCall.thenRun(() -> emitter.complete(null)));
        return provider == null ? Uni.createFrom().voidItem()
                : idle.chain(() -> call(Call.SHUTDOWN, () -> provider.shutdown(account), ignored -> {
                })).onFailure().recoverWithNull();
    }

    private <T> Uni<T> call(Call call, Supplier<Uni<T>> request, Consumer<T> use) {
        return result(request)
                .chain(item -> Uni.createFrom().item(() -> {
                    use.accept(item);
                    return item;
                }).runSubscriptionOn(background::work))
                .onItem().invoke(() -> succeeded(call))
                .onFailure().transform(failure -> failed(call, failure));
    }

    /** Ignores a result, or a failure, that arrives after the timeout. */
    private <T> Uni<T> result(Supplier<Uni<T>> request) {
        return Uni.createFrom().emitter(emitter -> {
            CompletableFuture<Void> called = new CompletableFuture<>();
            lastCall = called;
            Runnable timer = background.after(timeout,
                    () -> emitter.fail(new TimeoutException("no result within " + timeout.toMillis() + " ms")));
            emitter.onTermination(() -> {
                timer.run();
                called.complete(null);
            });
            Uni.createFrom().<T> deferred(request::get).runSubscriptionOn(background::work)
                    .subscribe().with(emitter::complete, emitter::fail);
        });
    }

    private void succeeded(Call call) {
        if (failures.reset(call)) {
            DefinitionsLoadLogger.LOG.infof("PostHog account '%s': %s works again", account, name(call));
        }
    }

    private DefinitionProviderException failed(Call call, Throwable failure) {
        Logger.Level level = failures.isFirst(call) ? Logger.Level.WARN : Logger.Level.DEBUG;
        DefinitionProviderException failed = new DefinitionProviderException(
                name(call) + " failed: " + DefinitionsLoadLogger.text(failure));
        DefinitionsLoadLogger.LOG.logf(level, "PostHog account '%s': %s; %s", account,
                failed.getMessage(), call.consequence);
        return failed;
    }

    private String name(Call call) {
        return ClientProxy.unwrap(provider).getClass().getName() + "." + call.method;
    }
}
