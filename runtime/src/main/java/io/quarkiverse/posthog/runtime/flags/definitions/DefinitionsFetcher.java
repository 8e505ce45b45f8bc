package io.quarkiverse.posthog.runtime.flags.definitions;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.function.Function;
import java.util.function.Supplier;

import io.quarkiverse.posthog.flags.FlagDefinitionCacheData;
import io.quarkiverse.posthog.flags.FlagDefinitionCacheProvider;
import io.quarkiverse.posthog.flags.FlagDefinitionsStatus.Origin;
import io.quarkiverse.posthog.runtime.background.AccountExecutor;
import io.quarkiverse.posthog.runtime.config.FlagsConfig.DefinitionsConfig;
import io.quarkiverse.posthog.runtime.config.ResolvedAccountConfig;
import io.quarkiverse.posthog.runtime.flags.definitions.DefinitionsClient.Result;
import io.quarkiverse.posthog.runtime.rest.ApiEndpoint;
import io.quarkiverse.posthog.runtime.rest.ApiExecutor;
import io.smallrye.mutiny.Uni;

/**
 * Selects the origin of flag definitions: PostHog, a provider, and initially the copy on disk. Used by one load at a
 * time. Blocking and CPU-intensive tasks run on worker threads.
 */
final class DefinitionsFetcher {

    private final DefinitionsConfig config;
    private final DefinitionsClient postHog;
    private final DefinitionProviderAdapter shared;
    private final DefinitionsFileCache copy;
    private final FlagDefinitionsHolder current;
    private final AccountExecutor background;
    private volatile boolean prepared;

    /** @param provider looked up when definitions are loaded for the first time */
    DefinitionsFetcher(ApiExecutor calls, AccountExecutor background, Supplier<Optional<FlagDefinitionCacheProvider>> provider,
            FlagDefinitionsHolder current) {
        ResolvedAccountConfig account = calls.account();
        this.config = account.config().flags().definitions();
        this.postHog = new DefinitionsClient(calls);
        this.shared = new DefinitionProviderAdapter(account.name(), provider, config.providerTimeout(), background);
        this.copy = config.cacheDirectory()
                .map(directory -> DefinitionsFileCache.of(directory, account,
                        ApiEndpoint.FLAG_DEFINITIONS.maxResponseSize(account)))
                .orElse(null);
        this.current = current;
        this.background = background;
    }

    /** @param first whether this is the first attempt */
    Uni<Void> load(boolean first) {
        return then(then(prepare(), prepared -> shared.fetchRole()), role -> switch (role) {
            case READ -> readShared();
            case FETCH -> fetch(false);
            case FETCH_AND_STORE -> first ? then(readSharedAtFirst(), read -> fetch(true)) : fetch(true);
        });
    }

    /** Starts with the copy on disk. */
    private Uni<Void> prepare() {
        return prepared ? Uni.createFrom().voidItem() : working(() -> {
            shared.lookUp();
            if (copy != null) {
                copy.read().ifPresent(this::receivedFromDisk);
            }
            prepared = true;
        });
    }

    private void receivedFromDisk(FlagDefinitionCacheData data) {
        try {
            received(data, Origin.DISK);
        } catch (IllegalArgumentException e) {
            copy.ignored(e);
        }
    }

    /** Uses the definitions that another instance stored until PostHog responds. */
    private Uni<Void> readSharedAtFirst() {
        return current.get() != null ? Uni.createFrom().voidItem()
                : shared.read(this::receivedFromProvider).replaceWithVoid().onFailure().recoverWithNull();
    }

    /** Fetches the definitions if there are none to read. */
    private Uni<Void> readShared() {
        return shared.read(this::receivedFromProvider).onItemOrFailure().transformToUni((data, failure) -> {
            if (current.get() == null && !current.isClosed()) {
                return fetch(false);
            }
            return failure == null ? Uni.createFrom().voidItem() : Uni.createFrom().failure(failure);
        });
    }

    private void receivedFromProvider(FlagDefinitionCacheData data) {
        if (!isOutdated(data)) {
            received(data, Origin.PROVIDER);
            keepCopy();
        }
    }

    /**
     * Whether the data was stored before this instance fetched. Ignores that after a while, because the clocks of instances may
     * differ.
     */
    private boolean isOutdated(FlagDefinitionCacheData data) {
        LoadedDefinitions own = current.get();
        return own != null && own.origin() == Origin.POSTHOG && data.confirmedAt().isBefore(own.confirmedAt())
                && own.confirmedAt().plus(config.pollInterval().multipliedBy(2)).isAfter(background.now());
    }

    private void received(FlagDefinitionCacheData data, Origin origin) {
        byte[] json = data.json().getBytes(StandardCharsets.UTF_8);
        current.replace(json, data.json(), null, data.confirmedAt(), origin);
    }

    private Uni<Void> fetch(boolean store) {
        // Nothing else changes them until the response arrives, because there is one load at a time
        LoadedDefinitions before = current.get();
        Uni<Result> result = postHog.read(before == null ? null : before.etag());
        Uni<Void> received = then(result, it -> working(() -> receivedFromPostHog(it, before)));
        return store ? then(received, done -> shared.store(current.get().data())) : received;
    }

    private void receivedFromPostHog(Result result, LoadedDefinitions before) {
        if (result.json() == null) {
            current.confirm(before, result.etag(), background.now());
        } else {
            boolean stored = copy != null || shared.exist();
            String text = stored ? new String(result.json(), StandardCharsets.UTF_8) : null;
            try {
                current.replace(result.json(), text, result.etag(), background.now(), Origin.POSTHOG);
            } catch (IllegalArgumentException e) {
                throw postHog.unreadable(e);
            }
        }
        keepCopy();
    }

    private void keepCopy() {
        if (copy != null && !current.isClosed()) {
            copy.write(current.get().data());
        }
    }

    private Uni<Void> working(Runnable work) {
        return Uni.createFrom().<Void> item(() -> {
            work.run();
            return null;
        }).runSubscriptionOn(background::work);
    }

    /** Continues unless loading has stopped. Does not cancel the work before, whose failure would be logged then. */
    private <T, R> Uni<R> then(Uni<T> before, Function<T, Uni<R>> next) {
        return before.chain(item -> current.isClosed() ? Uni.createFrom().failure(new CancellationException())
                : next.apply(item));
    }

    /** Notifies the provider of the shutdown. Never fails. */
    Uni<Void> close() {
        return shared.shutdown();
    }
}
