package io.quarkiverse.posthog.runtime.flags;

import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

import io.quarkiverse.posthog.flags.FlagReason;
import io.quarkiverse.posthog.flags.FlagResult;
import io.quarkiverse.posthog.flags.FlagValue;
import io.quarkiverse.posthog.runtime.flags.local.FlagInfo;
import io.quarkiverse.posthog.runtime.flags.local.LocalResult;

/**
 * A flag with its value, as compact as it is kept. What may be missing is null.
 *
 * @param conditionIndex -1 for none in particular
 * @param local whether it was evaluated in this process
 * @param minimal whether PostHog wants a short event when the value is asked for
 */
record Evaluated(String key, FlagValue value, String payload, String reasonCode, String reasonDescription, int conditionIndex,
        Long id, Integer version, Boolean hasExperiment, boolean local, boolean minimal) {

    /** @param minimalEvents whether PostHog wants short events for flags without an experiment */
    static Evaluated of(FlagInfo flag, LocalResult.Value result, boolean minimalEvents) {
        FlagValue value = result.variant() == null ? FlagValue.of(result.enabled()) : FlagValue.of(result.variant());
        return new Evaluated(flag.key(), value, result.payloadJson(), result.reason().code(), null, result.conditionIndex(),
                flag.id(), flag.version(), flag.hasExperiment(), true, isMinimal(minimalEvents, flag.hasExperiment()));
    }

    /** Only where it is certain that no experiment needs the whole event. */
    static boolean isMinimal(boolean minimalEvents, Boolean hasExperiment) {
        return minimalEvents && Boolean.FALSE.equals(hasExperiment);
    }

    FlagResult result() {
        Optional<FlagReason> reason = reasonCode == null ? Optional.empty()
                : Optional.of(new FlagReason(reasonCode, Optional.ofNullable(reasonDescription),
                        conditionIndex < 0 ? OptionalInt.empty() : OptionalInt.of(conditionIndex)));
        return new FlagResult(key, value, Optional.ofNullable(payload), reason,
                id == null ? OptionalLong.empty() : OptionalLong.of(id),
                version == null ? OptionalInt.empty() : OptionalInt.of(version),
                Optional.ofNullable(hasExperiment), local);
    }
}
