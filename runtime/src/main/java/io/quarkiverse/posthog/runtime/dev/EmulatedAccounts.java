package io.quarkiverse.posthog.runtime.dev;

import java.util.Set;

/** The accounts whose PostHog is the emulator of the Dev Service. */
public record EmulatedAccounts(Set<String> names) {

    public boolean contains(String account) {
        return names.contains(account);
    }
}
