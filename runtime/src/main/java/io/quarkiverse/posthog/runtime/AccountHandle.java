package io.quarkiverse.posthog.runtime;

import java.util.function.Supplier;

import io.quarkiverse.posthog.PostHog;
import io.quarkiverse.posthog.runtime.config.ResolvedAccountConfig;
import io.quarkiverse.posthog.runtime.flags.local.LocalEvaluator;
import io.quarkiverse.posthog.runtime.rest.ApiExecutor;

/**
 * An account in use, for the Dev UI, health checks and the test kit.
 *
 * @param calls the way its requests take
 * @param evaluator evaluates flags in this process; gives null where no definitions are loaded
 * @param forgetExposures has exposures to flags captured again that were captured already
 */
public record AccountHandle(PostHog posthog, ResolvedAccountConfig settings, Supplier<ApiExecutor> calls,
        Supplier<LocalEvaluator> evaluator, Runnable forgetExposures) {
}
