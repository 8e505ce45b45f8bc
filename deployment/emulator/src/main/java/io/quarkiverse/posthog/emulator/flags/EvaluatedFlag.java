package io.quarkiverse.posthog.emulator.flags;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.quarkiverse.posthog.emulator.http.EmulatorJson;
import io.quarkiverse.posthog.runtime.flags.local.model.LocalResult;
import io.quarkiverse.posthog.runtime.flags.local.model.LocalResult.Inconclusive;
import io.quarkiverse.posthog.runtime.flags.local.model.LocalResult.Value;
import io.quarkiverse.posthog.runtime.flags.local.model.MatchReason;
import io.quarkiverse.posthog.runtime.flags.local.parser.RuleSetParser;

/**
 * A flag with its value or its failure.
 *
 * @param definition the flag definition
 * @param value disabled if the evaluation failed
 * @param error the error code, {@code null} if the evaluation succeeded
 */
record EvaluatedFlag(JsonNode definition, Value value, String error, String errorDescription) {

    private static final Value OFF = new Value(false, null, null, MatchReason.NO_CONDITION_MATCH, -1);

    static EvaluatedFlag of(JsonNode definition, LocalResult result) {
        if (result instanceof Value value) {
            return new EvaluatedFlag(definition, value, null, null);
        }
        // With complete input, only a deleted cohort, a malformed definition or a filter of a rule is inconclusive
        if (!(result instanceof Inconclusive inconclusive)) {
            throw new IllegalArgumentException("Unknown flag " + definition.path("key"));
        }
        String code = inconclusive.needsServer() ? "dependency_not_found_cohort" : switch (inconclusive.cause()) {
            case FAILED_FILTER, MISSING_CONTEXT -> "flag_evaluation_error";
            default -> "flag_data_parsing_error";
        };
        return failed(definition, code, inconclusive.reason());
    }

    /** The same flag, had the database been out of reach. */
    EvaluatedFlag failing() {
        return failed(definition, "database_error", "Database connection error during evaluation");
    }

    private static EvaluatedFlag failed(JsonNode definition, String error, String description) {
        return new EvaluatedFlag(definition, OFF, error, description);
    }

    String key() {
        return definition.get("key").textValue();
    }

    boolean hasFailed() {
        return error != null;
    }

    /** Whether the flag is disabled, so that it is not returned to clients. */
    boolean isDisabled() {
        return value.reason() == MatchReason.FLAG_DISABLED;
    }

    private boolean hasOrderedRules() {
        return RuleSetParser.isRuleSet(definition.get("filters"));
    }

    /** True, false, or the key of the variant. */
    JsonNode plainValue() {
        return EmulatorJson.of(value.variant() == null ? value.enabled() : value.variant());
    }

    /** Returns the flag with its reason and metadata. */
    ObjectNode toJson() {
        ObjectNode json = EmulatorJson.object().put("key", key()).put("enabled", value.enabled())
                .put("variant", value.variant());
        if (hasFailed()) {
            json.put("failed", true);
        }
        json.set("reason", reason(value.reason().inUntypedResponse().code(), error));
        json.set("metadata", metadata(EmulatorJson.object().putNull("description"), value.payloadJson()));
        return json;
    }

    /** Returns the flag with its typed value, reason and metadata. */
    ObjectNode toTypedJson() {
        ObjectNode json = EmulatorJson.object().put("key", key());
        if (hasFailed()) {
            json.putNull("value").put("failed", true);
        } else {
            json.set("value", value.rule() == null ? plainValue() : value.rule().value());
        }
        boolean ordered = hasOrderedRules();
        json.set("reason", reason(value.reason().code(), ordered ? "error" : error));
        ObjectNode metadata = metadata(EmulatorJson.object().put("config_version", ordered ? 2 : 1),
                ordered ? null : value.payloadJson());
        if (ordered && value.rule() != null && value.rule().ruleId() != null) {
            metadata.put("rule_type", value.rule().ruleType()).put("rule_id", value.rule().ruleId());
        } else if (!ordered && value.variant() != null) {
            metadata.put("variant_key", value.variant());
        }
        json.set("metadata", metadata);
        return json;
    }

    private ObjectNode reason(String code, String failure) {
        ObjectNode reason = EmulatorJson.object().put("code", hasFailed() ? failure : code);
        if (value.conditionIndex() < 0) {
            reason.putNull("condition_index");
        } else {
            reason.put("condition_index", value.conditionIndex());
        }
        return reason.put("description", hasFailed() ? errorDescription : description());
    }

    private ObjectNode metadata(ObjectNode more, String payload) {
        ObjectNode metadata = EmulatorJson.object().put("id", definition.get("id").longValue())
                .put("version", definition.get("version").intValue());
        metadata.setAll(more);
        return metadata.put("payload", payload)
                .put("has_experiment", definition.get("has_experiment").booleanValue());
    }

    private String description() {
        return switch (value.reason()) {
            case CONDITION_MATCH -> "Matched condition set " + (value.conditionIndex() + 1);
            case NO_CONDITION_MATCH -> "No matching condition set";
            case OUT_OF_ROLLOUT_BOUND -> "Out of rollout bound";
            case NO_GROUP_TYPE -> "No group type";
            case SUPER_CONDITION_VALUE -> "Super condition value";
            case HOLDOUT_CONDITION_VALUE -> "Holdout condition value";
            case FLAG_DISABLED -> "Feature flag is disabled";
            case MISSING_DEPENDENCY -> "A flag on which it depends does not exist";
            case TARGETING_MATCH -> "Matched rule " + (value.conditionIndex() + 1);
            case ROLLOUT_MISS -> "Rule " + (value.conditionIndex() + 1) + " rollout miss";
            case EXPERIMENT_PAUSED -> "Rule " + (value.conditionIndex() + 1) + " is paused";
            case HOLDOUT -> "Rule " + (value.conditionIndex() + 1) + " holdout";
            case NO_RULE_MATCH -> "No rule matched";
        };
    }
}
