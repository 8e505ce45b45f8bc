package io.quarkiverse.posthog.runtime.flags.definitions;

import io.quarkiverse.posthog.PostHogApiException;
import io.quarkiverse.posthog.PostHogConnectionException;

/** The kinds of load failures that require different handling or messages. */
enum LoadFailureKind {

    /** PostHog does not accept the key (401), or the key may not read definitions (403). */
    KEY,
    /** The project has used up its quota of flag requests (402): local evaluation ends. */
    QUOTA,
    /** The rate limit was exceeded (429). */
    LIMIT,
    /** The connection to PostHog failed, or PostHog returned a server error. */
    OUTAGE,
    /** The shared definitions could not be read, which is logged already. */
    SHARING,
    /** Another failure, such as a response without definitions. */
    OTHER;

    static LoadFailureKind of(Throwable failure) {
        if (failure instanceof PostHogApiException api) {
            return switch (api.status()) {
                case 401, 403 -> KEY;
                case 402 -> QUOTA;
                case 429 -> LIMIT;
                default -> api.status() >= 500 ? OUTAGE : OTHER;
            };
        }
        return failure instanceof PostHogConnectionException ? OUTAGE
                : failure instanceof DefinitionProviderException ? SHARING : OTHER;
    }
}
