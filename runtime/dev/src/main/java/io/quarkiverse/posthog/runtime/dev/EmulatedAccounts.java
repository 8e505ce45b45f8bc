package io.quarkiverse.posthog.runtime.dev;

import java.util.Set;

import io.quarkiverse.posthog.runtime.config.AccountLookup;

/** The accounts whose PostHog is the emulator of the Dev Service. */
public record EmulatedAccounts(Set<String> names) {

    /** Whether the account uses its emulator, rather than a key or a host that only the running application has. */
    public boolean contains(String account) {
        return names.contains(account) && AccountLookup.overriddenEmulator(account).isEmpty();
    }
}
