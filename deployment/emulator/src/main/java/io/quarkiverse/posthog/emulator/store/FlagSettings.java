package io.quarkiverse.posthog.emulator.store;

import java.util.Set;

/**
 * How flags are evaluated and delivered.
 *
 * @param quotaLimited whether the project has used up its flag requests
 * @param errorsWhileComputing whether answers say that they may be incomplete, also when no flag fails
 * @param failing the keys of flags that fail when they are evaluated
 * @param minimalCalledEvents whether clients are to send short {@code $feature_flag_called} events
 */
public record FlagSettings(boolean quotaLimited, boolean errorsWhileComputing, Set<String> failing,
        boolean minimalCalledEvents) {

    /** Nothing goes wrong. */
    public static final FlagSettings USUAL = new FlagSettings(false, false, Set.of(), false);
}
