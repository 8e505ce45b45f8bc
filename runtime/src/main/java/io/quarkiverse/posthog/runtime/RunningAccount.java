package io.quarkiverse.posthog.runtime;

import io.quarkiverse.posthog.PostHog;
import io.quarkiverse.posthog.runtime.config.Account;

/** An account that is in use. */
public record RunningAccount(PostHog posthog, Account settings) {
}
