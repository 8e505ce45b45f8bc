package io.quarkiverse.posthog.runtime.dev;

import java.util.List;

/**
 * A feature flag as the Dev UI shows it.
 *
 * @param id null when not known
 * @param description what PostHog's user interface shows; null when not known
 * @param active whether it is switched on at all; null when not known
 * @param conditions for whom it is on, in words; empty when not known
 * @param variants its variants with their shares, in words
 */
public record FlagView(String key, Long id, String description, Boolean active, List<String> conditions,
        List<String> variants) {
}
