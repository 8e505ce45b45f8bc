package io.quarkiverse.posthog.runtime.flags.definitions;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.function.Function;
import java.util.function.Supplier;

import io.quarkiverse.posthog.flags.FlagDefinitionProvider;
import io.quarkiverse.posthog.flags.FlagDefinitionsData;
import io.quarkiverse.posthog.flags.FlagDefinitionsStatus.Origin;
import io.quarkiverse.posthog.runtime.background.AccountExecutor;
import io.quarkiverse.posthog.runtime.config.FlagsConfig.DefinitionsConfig;
import io.quarkiverse.posthog.runtime.config.ResolvedAccountConfig;
import io.quarkiverse.posthog.runtime.flags.definitions.DefinitionsClient.Answer;
import io.quarkiverse.posthog.runtime.rest.ApiExecutor;
import io.quarkiverse.posthog.runtime.rest.Endpoint;
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
    DefinitionsFetcher(ApiExecutor calls, AccountExecutor background, Supplier<Optional<FlagDefinitionProvider>> provider,
            FlagDefinitionsHolder current) {
        ResolvedAccountConfig account = calls.account();
        this.config = account.config().flags().definitions();
        this.postHog = new DefinitionsClient(calls);
        this.shared = new DefinitionProviderAdapter(account.name(), provider, config.providerTimeout(), background);
        this.copy = config.directory()
                .map(directory -> DefinitionsFileCache.of(directory, account,
                        Endpoint.FLAG_DEFINITIONS.maxResponseSize(account)))
                .orElse(null);
        this.current = current;
        this.background = background;
    }

    /** @param first whether there was no attempt before */
    Uni<Void> load(boolean first) {
        return then(then(prepare(), prepared -> shared.turn()), turn -> switch (turn) {
            case READ -> readShared();
            case FETCH -> fetch(false);
            case FETCH_AND_STORE -> first ? then(readSharedAtFirst(), read -> fetch(true)) : fetch(true);
        });
    }

    /** Whatever there is without PostHog does to begin with. */
    private Uni<Void> prepare() {
        return prepared ? Uni.createFrom().voidItem() : working(() -> {
            shared.lookUp();
            if (copy != null) {
                copy.read().ifPresent(this::receivedFromDisk);
            }
            prepared = true;
        });
    }

    private void receivedFromDisk(FlagDefinitionsData data) {
        try {
            received(data, Origin.DISK);
        } catch (IllegalArgumentException e) {
            copy.ignored(e);
        }
    }

    /** Those that fetched before may have left something, which does until PostHog answers. */
    private Uni<Void> readSharedAtFirst() {
        return current.get() != null ? Uni.createFrom().voidItem()
                : shared.read(this::receivedFromProvider).replaceWithVoid().onFailure().recoverWithNull();
    }

    /** Nothing to read is no reason to have nothing. */
    private Uni<Void> readShared() {
        return shared.read(this::receivedFromProvider).onItemOrFailure().transformToUni((data, failure) -> {
            if (current.get() == null && !current.isClosed()) {
                return fetch(false);
            }
            return failure == null ? Uni.createFrom().voidItem() : Uni.createFrom().failure(failure);
        });
    }

    private void receivedFromProvider(FlagDefinitionsData data) {
        if (!isOutdated(data)) {
            received(data, Origin.PROVIDER);
            keepCopy();
        }
    }

    /** Stored before this instance fetched. Clocks of instances may differ, so that this must not hold for long. */
    private boolean isOutdated(FlagDefinitionsData data) {
        LoadedDefinitions own = current.get();
        return own != null && own.origin() == Origin.POSTHOG && data.confirmedAt().isBefore(own.confirmedAt())
                && own.confirmedAt().plus(config.pollInterval().multipliedBy(2)).isAfter(background.now());
    }

    private void received(FlagDefinitionsData data, Origin origin) {
        byte[] json = data.json().getBytes(StandardCharsets.UTF_8);
        current.replace(json, data.json(), null, data.confirmedAt(), origin);
    }

    private Uni<Void> fetch(boolean store) {
        // There is one load at a time, so that nothing else changes them until the answer is there
        LoadedDefinitions before = current.get();
        Uni<Answer> answer = postHog.read(before == null ? null : before.etag());
        Uni<Void> received = then(answer, it -> working(() -> receivedFromPostHog(it, before)));
        return store ? then(received, done -> shared.store(current.get().data())) : received;
    }

    private void receivedFromPostHog(Answer answer, LoadedDefinitions before) {
        if (answer.json() == null) {
            current.confirm(before, answer.etag(), background.now());
        } else {
            boolean stored = copy != null || shared.exist();
            String text = stored ? new String(answer.json(), StandardCharsets.UTF_8) : null;
            try {
                current.replace(answer.json(), text, answer.etag(), background.now(), Origin.POSTHOG);
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

    /** Goes on, unless that is of no use any longer. Nothing is cancelled: what fails then would be in the log. */
    private <T, R> Uni<R> then(Uni<T> before, Function<T, Uni<R>> next) {
        return before.chain(item -> current.isClosed() ? Uni.createFrom().failure(new CancellationException())
                : next.apply(item));
    }

    /** Never fails. */
    Uni<Void> close() {
        return shared.shutdown();
    }
}
