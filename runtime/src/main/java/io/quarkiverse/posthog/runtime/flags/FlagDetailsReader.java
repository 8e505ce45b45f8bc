package io.quarkiverse.posthog.runtime.flags;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

import com.fasterxml.jackson.databind.JsonNode;

import io.quarkiverse.posthog.flags.FlagDetails;
import io.quarkiverse.posthog.flags.FlagDetails.ErrorCode;
import io.quarkiverse.posthog.flags.FlagDetails.Reason;

/**
 * Reads flag values of a type, by the rules of PostHog's SDKs.
 *
 * @param type the name of the type in messages
 * @param converter returns null for a value of another type
 */
record FlagDetailsReader<T>(String type, Function<JsonNode, T> converter) {

    static final FlagDetailsReader<Boolean> BOOLEAN = new FlagDetailsReader<>("boolean",
            value -> value.isBoolean() ? value.booleanValue() : null);
    static final FlagDetailsReader<String> STRING = new FlagDetailsReader<>("string", JsonNode::textValue);
    static final FlagDetailsReader<Integer> INTEGER = new FlagDetailsReader<>("integer",
            value -> value.canConvertToExactIntegral() && value.canConvertToInt() ? value.intValue() : null);
    static final FlagDetailsReader<Long> LONG = new FlagDetailsReader<>("long integer",
            value -> value.canConvertToExactIntegral() && value.canConvertToLong() ? value.longValue() : null);
    static final FlagDetailsReader<Double> DOUBLE = new FlagDetailsReader<>("number",
            value -> value.isNumber() ? value.doubleValue() : null);
    static final FlagDetailsReader<Map<String, Object>> OBJECT = new FlagDetailsReader<>("object",
            value -> value.isObject() ? JsonObjects.map(value) : null);

    /** Reads a flag of a snapshot. */
    FlagDetails<T> read(ResolvedFlag flag, T defaultValue) {
        if (isGroupMissing(flag)) {
            return error(flag.key(), defaultValue, ErrorCode.INVALID_CONTEXT,
                    "flag '" + flag.key() + "' needs a group; add it to the FlagContext", flag);
        }
        JsonNode json = flag.typedValue();
        T value = converter.apply(json);
        if (value != null) {
            return new FlagDetails<>(flag.key(), value, Optional.ofNullable(flag.rule().variantKey()), reason(flag),
                    Optional.empty(), Optional.empty(), metadata(flag));
        }
        if (json.isNull() || json.isBoolean() && !json.booleanValue()) {
            return new FlagDetails<>(flag.key(), defaultValue, Optional.empty(), reason(flag), Optional.empty(),
                    Optional.empty(), metadata(flag));
        }
        return error(flag.key(), defaultValue, ErrorCode.TYPE_MISMATCH, mismatch(flag), flag);
    }

    /** Returns the details of a flag that PostHog returned without a value. */
    FlagDetails<T> failed(String key, FailedFlag failed, T defaultValue) {
        ResolvedFlag flag = failed.flag();
        if (flag == null) {
            return error(key, defaultValue, ErrorCode.PARSE_ERROR,
                    "PostHog's response for flag '" + key + "' is malformed: " + failed.description(), null);
        }
        ErrorCode code = isGroupMissing(flag) ? ErrorCode.INVALID_CONTEXT : ErrorCode.GENERAL;
        String message = failed.description() == null ? "PostHog could not evaluate flag '" + key + "'" : failed.description();
        return error(key, defaultValue, code, message, flag);
    }

    /** Returns the details of a flag that is not in the snapshot. */
    FlagDetails<T> missing(String key, T defaultValue, String cause) {
        return error(key, defaultValue, ErrorCode.FLAG_NOT_FOUND,
                "flag '" + key + "' is not in the snapshot" + (cause.isEmpty() ? "" : ": " + cause), null);
    }

    private static <T> FlagDetails<T> error(String key, T defaultValue, ErrorCode code, String message, ResolvedFlag flag) {
        return new FlagDetails<>(key, defaultValue, Optional.empty(), Reason.ERROR, Optional.of(code), Optional.of(message),
                flag == null ? Map.of() : metadata(flag));
    }

    private static boolean isGroupMissing(ResolvedFlag flag) {
        return flag.rule().isV2() && "missing_group_key".equals(flag.reasonCode());
    }

    private String mismatch(ResolvedFlag flag) {
        String actual = flag.typedValue().getNodeType().name().toLowerCase(Locale.ROOT);
        boolean untyped = !flag.local() && flag.rule() == RuleMetadata.V1;
        return "flag '" + flag.key() + "' is a " + actual + " instead of a value of type " + type
                + (untyped ? "; numbers and objects require flags.api-version=3 and a PostHog server that supports it" : "");
    }

    private static Reason reason(ResolvedFlag flag) {
        String code = flag.reasonCode() == null ? "" : flag.reasonCode();
        if (code.equals("flag_disabled")) {
            return Reason.DISABLED;
        }
        if (flag.rule().isV2()) {
            return switch (code) {
                case "targeting_match" -> Reason.TARGETING_MATCH;
                case "experiment_split" -> Reason.SPLIT;
                case "rollout_miss", "experiment_paused", "holdout", "no_rule_match" -> Reason.DEFAULT;
                default -> Reason.UNKNOWN;
            };
        }
        JsonNode value = flag.typedValue();
        return value.isTextual() || value.booleanValue() ? Reason.TARGETING_MATCH : Reason.DEFAULT;
    }

    private static Map<String, Object> metadata(ResolvedFlag flag) {
        RuleMetadata rule = flag.rule();
        Map<String, Object> metadata = new LinkedHashMap<>();
        put(metadata, "id", flag.id());
        put(metadata, "version", flag.version());
        put(metadata, "config_version", rule.configVersion());
        put(metadata, "reason_code", flag.reasonCode());
        put(metadata, "condition_index", flag.conditionIndex() < 0 ? null : flag.conditionIndex());
        put(metadata, "rule_type", rule.ruleType());
        put(metadata, "rule_id", rule.ruleId());
        put(metadata, "experiment_id", rule.experimentId());
        put(metadata, "variant_key", rule.variantKey());
        put(metadata, "holdout_id", rule.holdoutId());
        return Collections.unmodifiableMap(metadata);
    }

    private static void put(Map<String, Object> metadata, String name, Object value) {
        if (value != null) {
            metadata.put(name, value);
        }
    }
}
