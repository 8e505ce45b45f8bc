package io.quarkiverse.posthog.runtime.config;

import java.util.HashMap;
import java.util.Map;

import io.smallrye.config.EnvConfigSource;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;

/** Makes the configuration of accounts, as the application would. */
final class AccountConfigs {

    private AccountConfigs() {
    }

    /** From {@code application.properties}. */
    static Map<String, AccountConfig> of(Map<String, String> properties) {
        return accounts(new SmallRyeConfigBuilder()
                .withSources(new PropertiesConfigSource(properties, "application.properties", 250)));
    }

    /** From environment variables. */
    static Map<String, AccountConfig> ofEnvironment(Map<String, String> variables) {
        return accounts(new SmallRyeConfigBuilder().withSources(new EnvConfigSource(variables, 300)));
    }

    /** The default account with the properties {@code name, value, name, value, ...}. */
    static ResolvedAccountConfig account(String... properties) {
        Map<String, String> keys = new HashMap<>();
        for (int i = 0; i < properties.length; i += 2) {
            keys.put(AccountNames.PREFIX + properties[i], properties[i + 1]);
        }
        return ResolvedAccountConfig.of("default", of(keys).get("default"));
    }

    private static Map<String, AccountConfig> accounts(SmallRyeConfigBuilder builder) {
        return builder.addDiscoveredConverters()
                .withMapping(PostHogRuntimeConfig.class).build().getConfigMapping(PostHogRuntimeConfig.class)
                .accounts();
    }
}
