package io.quarkiverse.posthog.emulator.flags;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.quarkiverse.posthog.emulator.http.EmulatorJson;
import io.quarkiverse.posthog.runtime.flags.local.model.LocalResult;
import io.quarkiverse.posthog.runtime.flags.local.model.LocalResult.Inconclusive;
import io.quarkiverse.posthog.runtime.flags.local.model.LocalResult.Value;
import io.quarkiverse.posthog.runtime.flags.local.model.MatchReason;

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
        // With complete input, only a deleted cohort or a malformed definition is inconclusive
        return result instanceof Inconclusive inconclusive && inconclusive.needsServer()
                ? failed(definition, "dependency_not_found_cohort", inconclusive.reason())
                : failed(definition, "flag_data_parsing_error", result.toString());
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
        json.set("reason", reason());
        json.set("metadata", metadata(EmulatorJson.object().putNull("description")));
        return json;
    }

    /** Returns the flag with its typed value, reason and metadata. */
    ObjectNode toTypedJson() {
        ObjectNode json = EmulatorJson.object().put("key", key());
        if (hasFailed()) {
            json.putNull("value").put("failed", true);
        } else {
            json.set("value", plainValue());
        }
        json.set("reason", reason());
        ObjectNode metadata = metadata(EmulatorJson.object().put("config_version", 1));
        if (value.variant() != null) {
            metadata.put("variant_key", value.variant());
        }
        json.set("metadata", metadata);
        return json;
    }

    private ObjectNode reason() {
        ObjectNode reason = EmulatorJson.object().put("code", hasFailed() ? error : value.reason().code());
        if (value.conditionIndex() < 0) {
            reason.putNull("condition_index");
        } else {
            reason.put("condition_index", value.conditionIndex());
        }
        return reason.put("description", hasFailed() ? errorDescription : description());
    }

    private ObjectNode metadata(ObjectNode more) {
        ObjectNode metadata = EmulatorJson.object().put("id", definition.get("id").longValue())
                .put("version", definition.get("version").intValue());
        metadata.setAll(more);
        return metadata.put("payload", value.payloadJson())
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
        };
    }
}
