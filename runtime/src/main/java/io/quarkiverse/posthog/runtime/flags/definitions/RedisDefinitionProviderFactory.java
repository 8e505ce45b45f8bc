package io.quarkiverse.posthog.runtime.flags.definitions;

import io.quarkiverse.posthog.flags.FlagDefinitionProvider;
import io.quarkiverse.posthog.runtime.config.ResolvedAccountConfig;

/** Shares definitions by Redis. A bean that only an application with a Redis client has. */
public interface RedisDefinitionProviderFactory {

    /** @throws IllegalArgumentException when the account names a Redis client that is not there */
    FlagDefinitionProvider provider(ResolvedAccountConfig account);
}
