package io.quarkiverse.posthog.runtime.redis;

import java.util.Optional;

import jakarta.enterprise.inject.Any;
import jakarta.inject.Inject;

import io.quarkiverse.posthog.flags.FlagDefinitionCacheProvider;
import io.quarkiverse.posthog.runtime.config.AccountNames;
import io.quarkiverse.posthog.runtime.config.FlagsConfig.RedisConfig;
import io.quarkiverse.posthog.runtime.config.ResolvedAccountConfig;
import io.quarkiverse.posthog.runtime.flags.definitions.RedisDefinitionProviderFactory;
import io.quarkiverse.posthog.runtime.rest.ApiEndpoint;
import io.quarkus.arc.InjectableBean;
import io.quarkus.arc.InjectableInstance;
import io.quarkus.redis.client.RedisClientName;
import io.vertx.mutiny.redis.client.Redis;

/**
 * Looks up the Redis client of an account. The bean only exists in applications with the Redis extension. Its injection
 * points let Quarkus create the default client and the configured named clients.
 */
public class RedisClientDefinitionProviderFactory implements RedisDefinitionProviderFactory {

    @Inject
    InjectableInstance<Redis> standard;

    @Inject
    @Any
    InjectableInstance<Redis> all;

    @Override
    public FlagDefinitionCacheProvider provider(ResolvedAccountConfig account) {
        RedisConfig config = account.config().flags().definitions().redis();
        Optional<String> name = config.clientName();
        InjectableInstance<Redis> client = name.map(RedisClientName.Literal::of).map(all::select).orElse(standard);
        if (client.isUnsatisfied()) {
            // The default client always exists, but can be inactive
            String missing = name.orElse("");
            throw new IllegalArgumentException(AccountNames.key(account.name(), "flags.definitions.redis.client-name")
                    + " is '" + missing + "', but the application has no such Redis client; set quarkus.redis.\""
                    + missing + "\".hosts in application.properties, because clients are created when the application is"
                    + " built");
        }
        InjectableBean<Redis> bean = client.getHandle().getBean();
        if (!bean.isActive()) {
            throw new IllegalArgumentException(AccountNames.key(account.name(), "flags.definitions.redis.enabled")
                    + " is true, but its Redis client can't be used: " + bean.checkActive().inactiveReason().strip());
        }
        return new RedisFlagDefinitionProvider(client.get(), RedisKeys.of(config.keyPrefix(), account),
                RedisFlagDefinitionProvider.leaseTime(account.config().flags().definitions()),
                ApiEndpoint.FLAG_DEFINITIONS.maxResponseSize(account));
    }
}
