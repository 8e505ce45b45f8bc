package io.quarkiverse.posthog.runtime.flags.definitions;

import java.time.Instant;

import io.quarkiverse.posthog.flags.FlagDefinitionsData;
import io.quarkiverse.posthog.flags.FlagDefinitionsStatus.Origin;
import io.quarkiverse.posthog.runtime.flags.local.FlagDefinitions;
import io.quarkiverse.posthog.runtime.flags.local.LocalEvaluator;

/**
 * Definitions to evaluate flags with, and what is known of them. Never changes.
 *
 * @param digest that of their JSON, so that the same JSON need not be parsed again
 * @param json null unless it is to be stored somewhere
 * @param etag what PostHog knows exactly these by; null when that is not known
 */
record LoadedDefinitions(LocalEvaluator evaluator, String digest, String json, String etag, Instant confirmedAt,
        Origin origin) {

    FlagDefinitions flags() {
        return evaluator.definitions();
    }

    /** The same flags, which somebody says are still current. */
    LoadedDefinitions confirmed(String etag, Instant confirmedAt, Origin origin) {
        return new LoadedDefinitions(evaluator, digest, json, etag, confirmedAt, origin);
    }

    FlagDefinitionsData data() {
        return new FlagDefinitionsData(json, confirmedAt);
    }
}
