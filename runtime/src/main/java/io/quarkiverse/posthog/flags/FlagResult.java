package io.quarkiverse.posthog.flags;

import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * The result of a flag evaluation.
 *
 * @param key the flag key
 * @param value the value
 * @param payload the payload of this value as JSON text; empty if it has none. See {@link FlagSnapshot#payload(String, Class)}
 * @param reason the reason of the value; empty if PostHog returned none
 * @param id the numeric ID of the flag; empty if unknown
 * @param version the version of the flag, which increases with each change; empty if unknown
 * @param hasExperiment whether an experiment uses the flag; empty if unknown
 * @param locallyEvaluated whether the flag was evaluated locally
 * @param runtime the runtime for which the flag is evaluated; empty without a loaded definition, because PostHog's responses
 *        do not contain it
 */
public record FlagResult(String key, FlagValue value, Optional<String> payload, Optional<FlagReason> reason, OptionalLong id,
        OptionalInt version, Optional<Boolean> hasExperiment, boolean locallyEvaluated,
        Optional<EvaluationRuntime> runtime) {

    /** Returns whether the flag is on, with or without a variant. */
    public boolean enabled() {
        return value.enabled();
    }

    /** Returns the key of the variant; empty if the flag is off or has no variants. */
    public Optional<String> variant() {
        return value.variant();
    }
}
