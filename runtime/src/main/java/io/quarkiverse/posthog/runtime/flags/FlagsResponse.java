package io.quarkiverse.posthog.runtime.flags;

import java.time.Instant;
import java.util.Map;
import java.util.Set;

import io.quarkiverse.posthog.flags.FlagError;

/**
 * A parsed response to a flag request.
 *
 * @param errors what went wrong; empty for a complete answer
 * @param requestId null when PostHog gave none, or did not answer
 * @param evaluatedAt null when PostHog gave none, or did not answer
 */
record FlagsResponse(Map<String, ResolvedFlag> flags, Set<FlagError> errors, String requestId, Instant evaluatedAt) {

    /** PostHog was not asked. */
    static final FlagsResponse NONE = new FlagsResponse(Map.of(), Set.of(), null, null);

    static FlagsResponse failed(FlagError error) {
        return new FlagsResponse(Map.of(), Set.of(error), null, null);
    }

    /** Whether a flag that is not in it does not exist. */
    boolean isComplete() {
        return errors.isEmpty();
    }
}
