package io.quarkiverse.posthog.runtime;

import java.util.function.Supplier;

import io.quarkiverse.posthog.PostHog;
import io.quarkiverse.posthog.runtime.config.Account;
import io.quarkiverse.posthog.runtime.flags.local.LocalEvaluator;
import io.quarkiverse.posthog.runtime.rest.ApiCalls;

/**
 * An account that is in use.
 *
 * @param calls the way its requests take
 * @param evaluator evaluates flags in this process; gives null where no definitions are loaded
 * @param forgetExposures has exposures to flags captured again that were captured already
 */
public record RunningAccount(PostHog posthog, Account settings, Supplier<ApiCalls> calls,
        Supplier<LocalEvaluator> evaluator, Runnable forgetExposures) {
}
