package io.quarkiverse.posthog.flags;

import java.util.Optional;
import java.util.OptionalInt;

/**
 * The reason of a flag's value.
 *
 * @param code PostHog's name of the reason, such as {@code condition_match}, {@code no_condition_match},
 *        {@code out_of_rollout_bound}, {@code holdout_condition_value} or {@code flag_disabled}; others are possible
 * @param description the description; empty if PostHog returned none
 * @param conditionIndex the index of the condition set that determined the value, from 0; empty if there is none
 */
public record FlagReason(String code, Optional<String> description, OptionalInt conditionIndex) {
}
