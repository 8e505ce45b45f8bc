package io.quarkiverse.posthog.deployment.devservices;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;

import io.quarkiverse.posthog.runtime.config.AccountNames;
import io.quarkiverse.posthog.runtime.config.EmulatedSettings;
import io.quarkiverse.posthog.runtime.config.PostHogHosts;
import io.smallrye.config.ConfigValue;

/**
 * The decision whether to start an emulator for an account.
 *
 * @param start whether it is started
 * @param replacedHosts the configured hosts that it replaces, by property
 * @param reason the reason for the log if the configuration prevents the emulator
 */
record EmulatorDecision(boolean start, Map<String, String> replacedHosts, Optional<String> reason) {

    /**
     * Decides whether to start an emulator.
     *
     * @param enabled the value of {@code devservices.enabled}, if it is configured
     * @param configured finds the configured value of a property of the account
     */
    static EmulatorDecision of(String account, Optional<Boolean> enabled,
            Function<String, Optional<ConfigValue>> configured) {
        if (!enabled.orElse(true)) {
            return new EmulatorDecision(false, Map.of(), Optional.empty());
        }
        for (String key : EmulatedSettings.KEYS) {
            if (configured.apply(key).isPresent()) {
                return prevented(account, key, configured, "");
            }
        }
        Map<String, String> hosts = new TreeMap<>();
        for (String host : EmulatedSettings.HOSTS) {
            Optional<ConfigValue> value = configured.apply(host);
            if (value.isPresent() && enabled.isEmpty()) {
                return prevented(account, host, configured,
                        ", or set " + AccountNames.key(account, "devservices.enabled") + "=true");
            }
            value.ifPresent(present -> hosts.put(host, present.getValue()));
        }
        return new EmulatorDecision(true, hosts, Optional.empty());
    }

    private static EmulatorDecision prevented(String account, String property,
            Function<String, Optional<ConfigValue>> configured, String alternative) {
        String key = AccountNames.key(account, property);
        return new EmulatorDecision(false, Map.of(), Optional.of("PostHog account '" + account
                + "': the emulator is disabled, because " + key + " is set in "
                + configured.apply(property).map(ConfigValue::getConfigSourceName).orElse("the configuration")
                + "; requests go to " + configured.apply("host").map(ConfigValue::getValue).map(PostHogHosts::display)
                        .orElse("PostHog Cloud")
                + "; to use the emulator, restrict the value to production (%prod." + key + ")" + alternative));
    }
}
