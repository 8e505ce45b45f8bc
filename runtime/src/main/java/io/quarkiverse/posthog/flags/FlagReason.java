package io.quarkiverse.posthog.flags;

import java.util.Optional;
import java.util.OptionalInt;

/**
 * Why a flag has its value.
 *
 * @param code PostHog's name of it, such as {@code condition_match}, {@code no_condition_match},
 *        {@code out_of_rollout_bound}, {@code holdout_condition_value} or {@code flag_disabled}; there may be others
 * @param description the same in words; empty when PostHog gave none
 * @param conditionIndex which set of conditions of the flag decided, counted from 0; empty when it was none in particular
 */
public record FlagReason(String code, Optional<String> description, OptionalInt conditionIndex) {
}
