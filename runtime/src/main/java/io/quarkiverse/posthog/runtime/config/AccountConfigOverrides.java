package io.quarkiverse.posthog.runtime.config;

import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

import org.eclipse.microprofile.config.ConfigProvider;
import org.eclipse.microprofile.config.spi.ConfigSource;

import io.smallrye.config.ConfigValidationException;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SecretKeys;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;

/** Builds the configuration of an account, in which settings from code take precedence. */
final class AccountConfigOverrides {

    private static final int ABOVE_EVERYTHING = 1000;

    private AccountConfigOverrides() {
    }

    /**
     * Builds the configuration of an account.
     *
     * @param settings the settings, by their configuration keys without the account
     * @throws IllegalArgumentException if a setting is unknown or its value is invalid
     */
    static AccountConfig of(String account, Map<String, String> settings) {
        String prefix = AccountNames.key(account, "");
        Map<String, String> overlay = new TreeMap<>();
        settings.forEach((name, value) -> overlay.put(prefix + name, value));
        try {
            return new SmallRyeConfigBuilder()
                    .addDiscoveredConverters()
                    .withMapping(PostHogRuntimeConfig.class)
                    .withSources(new PropertiesConfigSource(overlay, "AccountSettings", ABOVE_EVERYTHING),
                            new Configured(account, ConfigProvider.getConfig().unwrap(SmallRyeConfig.class)))
                    .build()
                    .getConfigMapping(PostHogRuntimeConfig.class)
                    .accounts().get(account);
        } catch (ConfigValidationException e) {
            throw new IllegalArgumentException("PostHog account '" + account + "': the settings "
                    + settings.keySet() + " are invalid: " + e.getMessage(), e);
        }
    }

    /** The configuration of all accounts. */
    private record Configured(String account, SmallRyeConfig config) implements ConfigSource {

        @Override
        public Set<String> getPropertyNames() {
            // An account that is only configured with environment variables may be listed with another spelling
            Set<String> names = new HashSet<>(Set.of(AccountNames.key(account, "active")));
            SecretKeys.doUnlocked(() -> config.getPropertyNames().forEach(name -> {
                if (isOfAnAccount(name)) {
                    names.add(name);
                }
            }));
            return names;
        }

        /** Returns whether a name is a runtime key of an account. The other keys of accounts are read at build time. */
        private static boolean isOfAnAccount(String name) {
            return AccountNames.isOfAnAccount(name) && !name.contains(".devservices.");
        }

        @Override
        public String getValue(String name) {
            return isOfAnAccount(name) ? SecretKeys.doUnlocked(() -> config.getConfigValue(name).getValue()) : null;
        }

        @Override
        public String getName() {
            return "configuration of the application";
        }
    }
}
