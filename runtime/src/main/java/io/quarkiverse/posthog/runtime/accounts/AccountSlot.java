package io.quarkiverse.posthog.runtime.accounts;

import io.quarkiverse.posthog.runtime.config.ResolvedAccountConfig;
import io.quarkiverse.posthog.runtime.support.Lazy;

/** The state of an account in the registry. */
sealed interface AccountSlot {

    ResolvedAccountConfig settings();

    /** An account whose client is created on first use. */
    sealed interface Available extends AccountSlot {

        Lazy<PostHogClient> client();
    }

    /** An account of the configuration. */
    record Configured(ResolvedAccountConfig settings, Lazy<PostHogClient> client) implements Available {
    }

    /** An account that was opened from code. */
    record Opened(ResolvedAccountConfig settings, Lazy<PostHogClient> client) implements Available {
    }

    /** An account that was opened from code and still sends its events. */
    record Closing(ResolvedAccountConfig settings) implements AccountSlot {
    }
}
