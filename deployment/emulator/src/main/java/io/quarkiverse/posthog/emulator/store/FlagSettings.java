package io.quarkiverse.posthog.emulator.store;

import java.util.Set;

/**
 * The simulated failures of flag evaluation.
 *
 * @param quotaLimited whether the project has exceeded its quota of flag requests
 * @param errorsWhileComputing whether responses are marked as incomplete even if no flag fails
 * @param failing the keys of the flags whose evaluation fails
 * @param minimalCalledEvents whether responses request minimal {@code $feature_flag_called} events
 * @param propertyMatchingVersion the version of the rules by which boolean filter values are compared: 1 or 2
 */
public record FlagSettings(boolean quotaLimited, boolean errorsWhileComputing, Set<String> failing,
        boolean minimalCalledEvents, int propertyMatchingVersion) {

    /** Nothing goes wrong. */
    public static final FlagSettings USUAL = new FlagSettings(false, false, Set.of(), false, 1);
}
