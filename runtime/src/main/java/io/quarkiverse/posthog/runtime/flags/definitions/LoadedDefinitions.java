package io.quarkiverse.posthog.runtime.flags.definitions;

import java.time.Instant;

import io.quarkiverse.posthog.flags.FlagDefinitionCacheData;
import io.quarkiverse.posthog.flags.FlagDefinitionsStatus.Origin;
import io.quarkiverse.posthog.runtime.flags.local.FlagDefinitions;
import io.quarkiverse.posthog.runtime.flags.local.LocalEvaluator;

/**
 * Flag definitions and their metadata. Immutable.
 *
 * @param digest the digest of the JSON, so that the same JSON is not parsed again
 * @param json null if it is not stored
 * @param etag the ETag of PostHog; null if there is none
 */
record LoadedDefinitions(LocalEvaluator evaluator, String digest, String json, String etag, Instant confirmedAt,
        Origin origin) {

    FlagDefinitions flags() {
        return evaluator.definitions();
    }

    /** Returns the same flags, confirmed as current. */
    LoadedDefinitions confirmed(String etag, Instant confirmedAt, Origin origin) {
        return new LoadedDefinitions(evaluator, digest, json, etag, confirmedAt, origin);
    }

    FlagDefinitionCacheData data() {
        return new FlagDefinitionCacheData(json, confirmedAt);
    }
}
