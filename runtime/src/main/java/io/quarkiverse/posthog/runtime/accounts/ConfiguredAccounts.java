package io.quarkiverse.posthog.runtime.accounts;

import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

import org.jboss.logging.Logger;

import io.quarkiverse.posthog.runtime.config.AccountConfig;
import io.quarkiverse.posthog.runtime.config.AccountLookup;
import io.quarkiverse.posthog.runtime.config.AccountNames;
import io.quarkiverse.posthog.runtime.config.PostHogHosts;
import io.quarkiverse.posthog.runtime.config.PostHogRuntimeConfig;
import io.quarkiverse.posthog.runtime.config.ResolvedAccountConfig;

/**
 * The accounts of the configuration, and the reasons why accounts can't be used.
 *
 * @param reservedNames the names that other modules use as prefixes of their configuration
 */
public record ConfiguredAccounts(PostHogRuntimeConfig config, Set<String> reservedNames) {

    private static final Logger LOG = Logger.getLogger(ConfiguredAccounts.class);

    private static final String GUIDE = "https://docs.quarkiverse.io/quarkus-posthog/dev/accounts.html";

    /** The reason why an account is missing; empty for an account that is active and has a key, even if it is invalid. */
    Optional<String> unusable(String name) {
        String problem = problemOf(name);
        if (problem != null) {
            return Optional.of(problem);
        }
        AccountConfig account = config(name);
        if (!account.active()) {
            return Optional.of("PostHog account '" + name + "' is inactive, because " + AccountNames.key(name, "active")
                    + " is false" + others());
        }
        if (!ResolvedAccountConfig.hasKeys(account)) {
            return Optional.of("PostHog account '" + name + "' has no key: set " + AccountNames.key(name, "project-api-key")
                    + " to capture events and evaluate flags, " + AccountNames.key(name, "personal-api-key")
                    + " to read and manage, or both" + others());
        }
        return Optional.empty();
    }

    /** The reason why the name of an account is invalid; null if it is valid. */
    String problemOf(String name) {
        return AccountNames.validate(name, reservedNames);
    }

    /** Whether the configuration contains the account, usable or not. */
    boolean contains(String name) {
        if (problemOf(name) != null) {
            return false;
        }
        AccountConfig account = config(name);
        return !account.active() || ResolvedAccountConfig.hasKeys(account);
    }

    /** @throws IllegalArgumentException if the settings are invalid */
    ResolvedAccountConfig account(String name) {
        return ResolvedAccountConfig.of(name, config(name));
    }

    /** The reason why the settings of an account are invalid; empty if they are valid. */
    Optional<String> invalid(String name) {
        try {
            account(name);
            return Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.of(e.getMessage());
        }
    }

    /** The reason why an account can't be injected; empty if it can. */
    public Optional<String> inactive(String name) {
        return unusable(name).or(() -> invalid(name));
    }

    private String others() {
        Set<String> names = usableNames();
        return ". Usable accounts: " + (names.isEmpty() ? "none" : String.join(", ", names)) + ". See " + GUIDE;
    }

    /** The names of the usable accounts. */
    Set<String> usableNames() {
        Set<String> names = new TreeSet<>();
        config.accounts().forEach((name, account) -> {
            if (problemOf(name) == null && account.active() && ResolvedAccountConfig.hasKeys(account)
                    && invalid(name).isEmpty()) {
                names.add(name);
            }
        });
        return names;
    }

    /** The configuration of an account: the defaults if no property is set. Never null. */
    AccountConfig config(String name) {
        return config.accounts().containsKey(name) ? config.accounts().get(name)
                : AccountLookup.find(name).orElseGet(() -> config.accounts().get(name));
    }

    /** Logs the accounts for which an emulator was started that they do not use. */
    void logOverriddenEmulators() {
        config.accounts().keySet().forEach(name -> AccountLookup.overriddenEmulator(name).ifPresent(value -> LOG.infof(
                "PostHog account '%s': %s is set in %s, which takes precedence over the emulator; requests go to %s; "
                        + "to use the emulator, remove the value or restrict it to production with %%prod.",
                name, value.getName(), value.getConfigSourceName(), PostHogHosts.display(config.accounts().get(name).host()))));
    }
}
