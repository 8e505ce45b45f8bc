package io.quarkiverse.posthog.runtime.dev;

import java.util.Set;

import io.quarkiverse.posthog.runtime.config.AccountLookup;

/** The accounts for which Dev Services started an emulator. */
public record EmulatedAccounts(Set<String> names) {

    /** Returns whether the account uses its emulator, rather than a key or host that is only available at runtime. */
    public boolean contains(String account) {
        return names.contains(account) && AccountLookup.overriddenEmulator(account).isEmpty();
    }
}
