package io.quarkiverse.posthog.runtime.dev;

import java.util.List;

/**
 * A feature flag for the Dev UI.
 *
 * @param id the numeric ID; null if unknown
 * @param description the description in the PostHog UI; null if unknown
 * @param active whether the flag is enabled; null if unknown
 * @param conditions the condition sets, in words; empty if unknown
 * @param variants the variants with their percentages, in words
 */
public record FlagView(String key, Long id, String description, Boolean active, List<String> conditions,
        List<String> variants) {
}
