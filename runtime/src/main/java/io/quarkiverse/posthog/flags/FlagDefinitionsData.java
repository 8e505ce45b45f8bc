package io.quarkiverse.posthog.flags;

import java.time.Instant;
import java.util.Objects;

/**
 * The definitions of all feature flags of a project, to be kept by a {@link FlagDefinitionProvider}.
 *
 * @param json what PostHog answers {@code GET /flags/definitions} with: an object with {@code flags},
 *        {@code group_type_mapping}, {@code cohorts} and {@code minimal_flag_called_events}
 * @param confirmedAt when PostHog last said that they are current
 */
public record FlagDefinitionsData(String json, Instant confirmedAt) {

    public FlagDefinitionsData {
        Objects.requireNonNull(json, "json");
        Objects.requireNonNull(confirmedAt, "confirmedAt");
    }

    /** Definitions are large. */
    @Override
    public String toString() {
        return "FlagDefinitionsData[" + json.length() + " characters, confirmedAt=" + confirmedAt + "]";
    }
}
