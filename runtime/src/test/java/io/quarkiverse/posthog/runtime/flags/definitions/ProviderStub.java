package io.quarkiverse.posthog.runtime.flags.definitions;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

import io.quarkiverse.posthog.flags.FlagDefinitionCacheData;
import io.quarkiverse.posthog.flags.FlagDefinitionCacheProvider;
import io.smallrye.mutiny.Uni;

/** A provider that does what the test tells it to. */
final class ProviderStub implements FlagDefinitionCacheProvider {

    /** The methods that were called, in turn. */
    final List<String> calls = new ArrayList<>();
    final List<FlagDefinitionCacheData> received = new ArrayList<>();
    Supplier<Uni<Boolean>> shouldFetch = () -> Uni.createFrom().item(true);
    Supplier<Uni<FlagDefinitionCacheData>> stored = () -> Uni.createFrom().nullItem();
    Supplier<Uni<Void>> store = () -> Uni.createFrom().voidItem();
    Supplier<Uni<Void>> shutdown = () -> Uni.createFrom().voidItem();

    @Override
    public Uni<Boolean> shouldFetchFlagDefinitions(String account) {
        calls.add("shouldFetch");
        return shouldFetch.get();
    }

    @Override
    public Uni<FlagDefinitionCacheData> getFlagDefinitions(String account) {
        calls.add("getDefinitions");
        return stored.get();
    }

    @Override
    public Uni<Void> onFlagDefinitionsReceived(String account, FlagDefinitionCacheData data) {
        calls.add("onReceived");
        received.add(data);
        return store.get();
    }

    @Override
    public Uni<Void> shutdown(String account) {
        calls.add("shutdown " + account);
        return shutdown.get();
    }

    /** Another instance fetches. */
    ProviderStub reading(FlagDefinitionCacheData data) {
        shouldFetch = () -> Uni.createFrom().item(false);
        stored = () -> Uni.createFrom().item(data);
        return this;
    }

    static <T> Supplier<Uni<T>> failing(String message) {
        return () -> Uni.createFrom().failure(new IllegalStateException(message));
    }

    static <T> Supplier<Uni<T>> throwing(String message) {
        return () -> {
            throw new IllegalStateException(message);
        };
    }

    static <T> Supplier<Uni<T>> silent() {
        return () -> Uni.createFrom().nothing();
    }
}
