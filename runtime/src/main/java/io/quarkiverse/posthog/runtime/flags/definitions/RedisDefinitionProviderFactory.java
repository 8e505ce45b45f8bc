package io.quarkiverse.posthog.runtime.flags.definitions;

import io.quarkiverse.posthog.flags.FlagDefinitionCacheProvider;
import io.quarkiverse.posthog.runtime.config.ResolvedAccountConfig;

/**
 * Creates providers that share flag definitions through Redis. The bean only exists in applications with a Redis
 * client.
 */
public interface RedisDefinitionProviderFactory {

    /** @throws IllegalArgumentException when the account names a Redis client that is not there */
    FlagDefinitionCacheProvider provider(ResolvedAccountConfig account);
}
