package io.quarkiverse.posthog.flags;

import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * A feature flag, evaluated for somebody.
 *
 * @param key the key of the flag
 * @param value what it is for them
 * @param payload the payload of this value, JSON text; empty when it has none. See {@link FlagSnapshot#payload(String, Class)}
 * @param reason why it has this value; empty when PostHog did not say
 * @param id the numeric id of the flag; empty when not known
 * @param version how often the flag was changed; empty when not known
 * @param hasExperiment whether an experiment uses the flag; empty when not known
 * @param locallyEvaluated whether it was evaluated in this process, without a request
 */
public record FlagResult(String key, FlagValue value, Optional<String> payload, Optional<FlagReason> reason, OptionalLong id,
        OptionalInt version, Optional<Boolean> hasExperiment, boolean locallyEvaluated) {

    /** Whether the flag is on, be it with a variant or without. */
    public boolean enabled() {
        return value.enabled();
    }

    /** The key of the variant; empty when the flag is off or has no variants. */
    public Optional<String> variant() {
        return value.variant();
    }
}
