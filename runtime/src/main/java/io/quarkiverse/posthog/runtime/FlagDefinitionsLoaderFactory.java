package io.quarkiverse.posthog.runtime;

import java.util.Optional;
import java.util.function.Supplier;

import org.jboss.logging.Logger;

import io.quarkiverse.posthog.flags.FlagDefinitionProvider;
import io.quarkiverse.posthog.flags.FlagDefinitionsChanged;
import io.quarkiverse.posthog.runtime.background.AccountExecutor;
import io.quarkiverse.posthog.runtime.config.AccountNames;
import io.quarkiverse.posthog.runtime.config.ResolvedAccountConfig;
import io.quarkiverse.posthog.runtime.flags.FlagDefinitionsSource;
import io.quarkiverse.posthog.runtime.flags.definitions.DefinitionsLoader;
import io.quarkiverse.posthog.runtime.flags.definitions.RedisDefinitionProviderFactory;
import io.quarkiverse.posthog.runtime.rest.ApiExecutor;
import io.quarkus.arc.Arc;
import io.quarkus.arc.InstanceHandle;

/** Creates the loader of flag definitions of an account with local evaluation. */
record FlagDefinitionsLoaderFactory(ResolvedAccountConfig account, Supplier<Optional<FlagDefinitionProvider>> provider) {

    private static final Logger LOG = Logger.getLogger("io.quarkiverse.posthog.flags");

    /** @throws IllegalArgumentException when the definitions are to be shared by Redis, but can't */
    static FlagDefinitionsLoaderFactory of(ResolvedAccountConfig account) {
        return new FlagDefinitionsLoaderFactory(account, account.localEvaluation() ? providerOf(account) : Optional::empty);
    }

    /** Redis is looked up at once, so that a mistake shows at the start; a bean when it is needed. */
    private static Supplier<Optional<FlagDefinitionProvider>> providerOf(ResolvedAccountConfig account) {
        if (!account.config().flags().definitions().redis().enabled()) {
            return () -> AccountBeanLookup.first(FlagDefinitionProvider.class, account.name());
        }
        InstanceHandle<RedisDefinitionProviderFactory> redis = Arc.container().instance(RedisDefinitionProviderFactory.class);
        if (!redis.isAvailable()) {
            throw new IllegalArgumentException(AccountNames.key(account.name(), "flags.definitions.redis.enabled")
                    + " is true, but the application has no Redis client; add the extension quarkus-redis-client");
        }
        FlagDefinitionProvider provider = redis.get().provider(account);
        return () -> Optional.of(provider);
    }

    FlagDefinitionsSource definitions(ApiExecutor calls, AccountExecutor background) {
        if (!account.localEvaluation()) {
            return FlagDefinitionsSource.NONE;
        }
        FlagDefinitionsLifecycle lifecycle = Arc.container().instance(FlagDefinitionsLifecycle.class).get();
        return lifecycle.add(new DefinitionsLoader(calls, background, provider,
                changed -> fire(new FlagDefinitionsChanged(account.name(), changed))));
    }

    private static void fire(FlagDefinitionsChanged event) {
        try {
            Arc.container().beanManager().getEvent().select(FlagDefinitionsChanged.class).fireAsync(event)
                    .whenComplete((ignored, failure) -> {
                        if (failure != null) {
                            LOG.warnf(failure, "PostHog account '%s': an observer of changed definitions failed",
                                    event.account());
                        }
                    });
        } catch (RuntimeException e) {
            LOG.warnf(e, "PostHog account '%s': the event for changed flag definitions could not be fired",
                    event.account());
        }
    }
}
