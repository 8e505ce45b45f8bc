package io.quarkiverse.posthog.flags;

import java.time.Instant;
import java.util.Objects;

/**
 * The flag definitions of a project, to be stored by a {@link FlagDefinitionCacheProvider}.
 *
 * @param json the response of {@code GET /flags/definitions}: an object with {@code flags}, {@code group_type_mapping},
 *        {@code cohorts} and {@code minimal_flag_called_events}
 * @param confirmedAt when PostHog last confirmed that the definitions are current
 */
public record FlagDefinitionCacheData(String json, Instant confirmedAt) {

    public FlagDefinitionCacheData {
        Objects.requireNonNull(json, "json");
        Objects.requireNonNull(confirmedAt, "confirmedAt");
    }

    /** Does not contain the definitions, because they are large. */
    @Override
    public String toString() {
        return "FlagDefinitionCacheData[" + json.length() + " characters, confirmedAt=" + confirmedAt + "]";
    }
}
