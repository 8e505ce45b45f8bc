package io.quarkiverse.posthog.runtime;

import io.quarkiverse.posthog.PostHog;
import io.quarkiverse.posthog.runtime.config.Account;

/**
 * An account that is in use.
 *
 * @param forgetExposures has exposures to flags captured again that were captured already
 */
public record RunningAccount(PostHog posthog, Account settings, Runnable forgetExposures) {
}
