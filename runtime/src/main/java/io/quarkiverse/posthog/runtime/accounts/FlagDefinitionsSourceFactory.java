package io.quarkiverse.posthog.runtime.accounts;

import java.util.Optional;
import java.util.function.Supplier;

import org.jboss.logging.Logger;

import io.quarkiverse.posthog.flags.FlagDefinitionCacheProvider;
import io.quarkiverse.posthog.flags.FlagDefinitionsChangedEvent;
import io.quarkiverse.posthog.runtime.background.AccountExecutor;
import io.quarkiverse.posthog.runtime.config.AccountNames;
import io.quarkiverse.posthog.runtime.config.ResolvedAccountConfig;
import io.quarkiverse.posthog.runtime.flags.FlagDefinitionsSource;
import io.quarkiverse.posthog.runtime.flags.definitions.DefinitionsLoader;
import io.quarkiverse.posthog.runtime.flags.definitions.RedisDefinitionProviderFactory;
import io.quarkiverse.posthog.runtime.rest.ApiExecutor;
import io.quarkus.arc.Arc;
import io.quarkus.arc.InstanceHandle;

/** Creates the source of an account's flag definitions. */
final class FlagDefinitionsSourceFactory {

    private static final Logger LOG = Logger.getLogger("io.quarkiverse.posthog.flags");

    private FlagDefinitionsSourceFactory() {
    }

    /** @throws IllegalArgumentException if sharing with Redis is enabled, but the application has no Redis client */
    static FlagDefinitionsSource create(ApiExecutor calls, AccountExecutor background) {
        ResolvedAccountConfig account = calls.account();
        return account.localEvaluation() ? new DefinitionsLoader(calls, background, provider(account),
                changed -> fire(new FlagDefinitionsChangedEvent(account.name(), changed))) : FlagDefinitionsSource.NONE;
    }

    /** Redis is looked up immediately, so that invalid configuration is found at startup; a bean when it is needed. */
    private static Supplier<Optional<FlagDefinitionCacheProvider>> provider(ResolvedAccountConfig account) {
        if (!account.config().flags().definitions().redis().enabled()) {
            return () -> AccountBeanLookup.first(FlagDefinitionCacheProvider.class, account.name());
        }
        InstanceHandle<RedisDefinitionProviderFactory> redis = Arc.container().instance(RedisDefinitionProviderFactory.class);
        if (!redis.isAvailable()) {
            throw new IllegalArgumentException(AccountNames.key(account.name(), "flags.definitions.redis.enabled")
                    + " is true, but the application has no Redis client; add the extension quarkus-redis-client");
        }
        FlagDefinitionCacheProvider provider = redis.get().provider(account);
        return () -> Optional.of(provider);
    }

    private static void fire(FlagDefinitionsChangedEvent event) {
        try {
            Arc.container().beanManager().getEvent().select(FlagDefinitionsChangedEvent.class).fireAsync(event)
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
