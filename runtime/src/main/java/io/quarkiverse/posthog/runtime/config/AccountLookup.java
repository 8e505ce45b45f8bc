package io.quarkiverse.posthog.runtime.config;

import java.util.Map;
import java.util.Optional;

import org.eclipse.microprofile.config.ConfigProvider;

import io.smallrye.config.ConfigValue;
import io.smallrye.config.SecretKeys;
import io.smallrye.config.SmallRyeConfig;

/** Looks up single accounts in the configuration of the application. */
public final class AccountLookup {

    private AccountLookup() {
    }

    /**
     * Returns the configuration of an account, if it has a key. The name of an account can't be derived from
     * environment variables alone, so an account may be configured without being listed.
     */
    public static Optional<AccountConfig> find(String account) {
        SmallRyeConfig config = config();
        boolean hasKey = SecretKeys.doUnlocked(() -> EmulatedSettings.KEYS.stream()
                .anyMatch(key -> EmulatedSettings.isConfigured(config.getConfigValue(AccountNames.key(account, key)))));
        return hasKey ? Optional.of(AccountConfigOverrides.of(account, Map.of())) : Optional.empty();
    }

    /** Returns the key or host that an account uses although an emulator was started for it. */
    public static Optional<ConfigValue> overriddenEmulator(String account) {
        return new EmulatedSettings(config()::getConfigValue).overridden(account);
    }

    private static SmallRyeConfig config() {
        return ConfigProvider.getConfig().unwrap(SmallRyeConfig.class);
    }
}
