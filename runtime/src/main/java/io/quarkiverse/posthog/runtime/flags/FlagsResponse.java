package io.quarkiverse.posthog.runtime.flags;

import java.time.Instant;
import java.util.Map;
import java.util.Set;

import io.quarkiverse.posthog.flags.FlagError;

/**
 * A parsed response to a flag request.
 *
 * @param failedFlags the flags that PostHog returned without a value, or that could not be parsed
 * @param typed whether all flags have typed values
 * @param errors the failures; empty for a complete response
 * @param requestId null if there is no response, or it has none
 * @param evaluatedAt null if there is no response, or it has none
 */
record FlagsResponse(Map<String, ResolvedFlag> flags, Map<String, FailedFlag> failedFlags, boolean typed,
        Set<FlagError> errors, String requestId, Instant evaluatedAt) {

    /** No request was sent. */
    static final FlagsResponse NONE = new FlagsResponse(Map.of(), Map.of(), true, Set.of(), null, null);

    static FlagsResponse failed(FlagError error) {
        return new FlagsResponse(Map.of(), Map.of(), true, Set.of(error), null, null);
    }

    /** Whether a flag that is not in it does not exist. */
    boolean isComplete() {
        return errors.isEmpty();
    }
}
