package io.quarkiverse.posthog.runtime.flags.local.model;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * The typed value of a flag with ordered rules, and the rule that decided.
 *
 * @param value a boolean, text, number, object or null, which must not be modified
 * @param ruleType {@code null} if no rule decided
 * @param ruleId {@code null} if no rule decided
 * @param variantKey the key of the assigned variant; {@code null} if the rule has no variants or assigned none
 */
public record RuleOutcome(JsonNode value, String ruleType, String ruleId, String variantKey) {
}
