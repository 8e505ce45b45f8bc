package io.quarkiverse.posthog.runtime.config;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Stream;

import io.smallrye.config.ConfigValue;
import io.smallrye.config.SecretKeys;

/**
 * The settings that a Dev Service provides for an account. Each setting applies if the account does not have its own
 * value. If the account has its own key, none of them applies, because the emulator would reject the key.
 *
 * @param source the configuration that contains these settings and the settings of the account
 */
public record EmulatedSettings(Function<String, ConfigValue> source) {

    /** The prefix of these settings. The settings of the account may be blank in a source with a higher priority. */
    private static final String PREFIX = "posthog.emulator.";

    private static final String REPLACED = "replaced.";

    /** The keys of an account, each of which disables its emulator. */
    public static final List<String> KEYS = List.of("project-api-key", "personal-api-key", "feature-flags-secure-api-key");

    /** The hosts of an account. */
    public static final List<String> HOSTS = List.of("host", "ingestion-host");

    /**
     * The default that an emulator changes. It has no name of the account: an application in another process gets the settings
     * as system properties, which would override the value of the account.
     */
    public static final String LOCAL_EVALUATION = "flags.local-evaluation";

    private static final String DEV_SERVICES = "DevServicesConfigSource";

    /** Returns the configuration with the settings that an emulator provides. */
    public static Map<String, String> config(String account, Map<String, String> settings, Map<String, String> replacedHosts) {
        Map<String, String> config = new TreeMap<>();
        settings.forEach((property, value) -> {
            if (!property.equals(LOCAL_EVALUATION)) {
                config.put(AccountNames.key(account, property), value);
            }
            config.put(name(account, property), value);
        });
        replacedHosts.forEach((property, value) -> config.put(name(account, REPLACED + property), value));
        return config;
    }

    /** Returns the name of the configuration property that contains a setting of the emulator. */
    public static String name(String account, String property) {
        return PREFIX + "\"" + account + "\"." + property;
    }

    /** Returns whether a property has a configured value, which is neither blank nor a default. */
    public static boolean isConfigured(ConfigValue value) {
        return value != null && value.getValue() != null && !value.getValue().isBlank() && !value.isDefault();
    }

    /** Returns the value of a key: its own value, the value of the emulator, or a blank value to use the default. */
    ConfigValue apply(AccountPropertyName key, ConfigValue configured) {
        String account = key.account();
        ConfigValue emulated = value(account, key.property());
        if (emulated == null && !HOSTS.contains(key.property()) || value(account, "host") == null) {
            return configured;
        }
        if (isOwn(configured, emulated) && !isReplaced(key, configured) || hasOwnKey(account)) {
            return isOwn(configured, emulated) ? configured : unset(configured);
        }
        return emulated == null ? unset(configured) : emulated;
    }

    private ConfigValue value(String account, String property) {
        ConfigValue value = source.apply(name(account, property));
        return value == null || value.getValue() == null ? null : value;
    }

    private boolean hasOwnKey(String account) {
        // The values are not used, only compared
        return SecretKeys.doUnlocked(() -> KEYS.stream().anyMatch(
                property -> isOwn(new AccountPropertyName(account, property).value(source), value(account, property))));
    }

    /**
     * Returns whether a value is not from the emulator. An application in another process gets the settings of the emulator as
     * system properties, so the values are also compared.
     */
    private static boolean isOwn(ConfigValue value, ConfigValue emulated) {
        return isConfigured(value) && !DEV_SERVICES.equals(value.getConfigSourceName())
                && (emulated == null || !value.getValue().equals(emulated.getValue()));
    }

    private boolean isReplaced(AccountPropertyName key, ConfigValue configured) {
        ConfigValue replaced = value(key.account(), REPLACED + key.property());
        return replaced != null && replaced.getValue().strip().equals(configured.getValue().strip());
    }

    private static ConfigValue unset(ConfigValue value) {
        return value == null || value.isDefault() ? value : value.withValue("");
    }

    /** Returns the first key or host that is used instead of the setting of an emulator that was started for the account. */
    Optional<ConfigValue> overridden(String account) {
        if (value(account, "host") == null) {
            return Optional.empty();
        }
        return SecretKeys.doUnlocked(() -> Stream.concat(KEYS.stream(), HOSTS.stream())
                .map(property -> source.apply(AccountNames.key(account, property))).filter(EmulatedSettings::isConfigured)
                .filter(value -> isOwn(value, value(account, AccountPropertyName.parse(value.getName()).property())))
                .findFirst());
    }
}
