package io.quarkiverse.posthog.runtime.flags.definitions;

import io.quarkiverse.posthog.PostHogApiException;
import io.quarkiverse.posthog.PostHogConnectionException;

/** The kinds of load failures that require different handling or messages. */
enum LoadFailureKind {

    /** PostHog does not accept the key (401), or the key may not read definitions (403). */
    KEY,
    /** The project has used up its quota of flag requests (402): no flags are to be evaluated here any longer. */
    QUOTA,
    /** Too many requests (429). */
    LIMIT,
    /** PostHog is not reached, or has trouble itself. */
    OUTAGE,
    /** What instances share can't be read; that is in the log already. */
    SHARING,
    /** Everything else, such as an answer that is no definitions. */
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
