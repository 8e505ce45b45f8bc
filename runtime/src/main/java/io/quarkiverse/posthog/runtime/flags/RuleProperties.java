package io.quarkiverse.posthog.runtime.flags;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The properties of {@code $feature_flag_called} that describe the version and the rule of a flag. PostHog accepts only
 * complete descriptions of a rule; an incomplete one is omitted.
 */
final class RuleProperties {

    private static final String TYPE = "$feature_flag_rule_type";
    private static final String ID = "$feature_flag_rule_id";
    private static final String EXPERIMENT = "$feature_flag_experiment_id";
    private static final String VARIANT = "$feature_flag_variant";
    private static final String HOLDOUT = "$feature_flag_holdout_id";

    private RuleProperties() {
    }

    static Map<String, Object> of(ResolvedFlag flag) {
        RuleMetadata rule = flag.rule();
        if (flag.reasonCode() == null || rule.configVersion() == null) {
            return Map.of();
        }
        Map<String, Object> properties = new LinkedHashMap<>();
        properties.put("$feature_flag_config_version", rule.configVersion());
        properties.put("$feature_flag_reason_code", flag.reasonCode());
        if (rule.isV2()) {
            properties.putAll(rule(flag.reasonCode(), rule));
        }
        return properties;
    }

    /** Describes a rule. The rule of an experiment that is not linked to an experiment in PostHog has no IDs of it. */
    private static Map<String, Object> rule(String reasonCode, RuleMetadata rule) {
        Map<String, Object> properties = new LinkedHashMap<>();
        properties.put(TYPE, rule.ruleType());
        properties.put(ID, rule.ruleId());
        boolean experiment = "experiment".equals(rule.ruleType());
        boolean linked = experiment && rule.experimentId() != null;
        boolean complete = switch (reasonCode) {
            case "targeting_match" -> "targeted_release".equals(rule.ruleType()) || isPercentage(rule) || experiment && !linked;
            case "rollout_miss" -> experiment || isPercentage(rule);
            case "experiment_split" -> linked;
            case "experiment_paused" -> experiment;
            case "holdout" -> experiment && linked == (rule.holdoutId() != null);
            default -> false;
        };
        if (linked) {
            properties.put(EXPERIMENT, rule.experimentId());
        }
        if (reasonCode.equals("experiment_split")) {
            properties.put(VARIANT, rule.variantKey());
        } else if (reasonCode.equals("holdout") && linked) {
            properties.put(HOLDOUT, rule.holdoutId());
        }
        return complete && !properties.containsValue(null) ? properties : Map.of();
    }

    private static boolean isPercentage(RuleMetadata rule) {
        return "percentage_rollout".equals(rule.ruleType());
    }
}
