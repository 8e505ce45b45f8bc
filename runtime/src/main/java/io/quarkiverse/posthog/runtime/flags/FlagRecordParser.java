package io.quarkiverse.posthog.runtime.flags;

import java.util.Map;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.TextNode;

import io.quarkiverse.posthog.flags.FlagValue;
import io.quarkiverse.posthog.runtime.flags.ResolvedFlag.Remote;

/**
 * Parses the flags of a response. A flag in version 3 has a typed value, and a flag in version 2 has {@code enabled} and a
 * variant. PostHog may return version 2 although version 3 was requested, so each flag is recognized by its fields.
 */
final class FlagRecordParser {

    private static final String VALUE = "value";

    private final boolean minimalEvents;
    private final Map<String, ResolvedFlag> flags;
    private final Map<String, FailedFlag> failedFlags;

    /**
     * @param flags receives the flags with a value
     * @param failedFlags receives all other flags
     */
    FlagRecordParser(boolean minimalEvents, Map<String, ResolvedFlag> flags, Map<String, FailedFlag> failedFlags) {
        this.minimalEvents = minimalEvents;
        this.flags = flags;
        this.failedFlags = failedFlags;
    }

    /** Returns whether the flag has a typed value. */
    static boolean isTyped(JsonNode flag) {
        return flag.has(VALUE);
    }

    /** Parses one flag. A malformed flag does not affect others. */
    void parse(String key, JsonNode flag) {
        try {
            Remote parsed = isTyped(flag) ? typed(key, flag) : untyped(key, flag);
            // A flag that PostHog could not evaluate also has a value, which must not be used
            if (bool(flag, "failed")) {
                failedFlags.put(key, new FailedFlag(parsed.reasonDescription(), parsed));
            } else {
                flags.put(key, parsed);
            }
        } catch (MalformedFlag e) {
            failedFlags.put(key, new FailedFlag(e.getMessage(), null));
        }
    }

    private Remote typed(String key, JsonNode flag) {
        JsonNode value = flag.get(VALUE);
        boolean structured = value.isNumber() || value.isObject();
        if (!structured && !value.isBoolean() && !value.isTextual() && !value.isNull()
                || value.isNumber() && !Double.isFinite(value.doubleValue())) {
            throw new MalformedFlag(VALUE);
        }
        JsonNode reason = object(flag, "reason");
        JsonNode metadata = object(flag, "metadata");
        Long configVersion = integer(metadata, "config_version");
        RuleMetadata rule = new RuleMetadata(configVersion == null ? null : configVersion.intValue(),
                text(metadata, "rule_type"), text(metadata, "rule_id"), integer(metadata, "experiment_id"),
                text(metadata, "variant_key"), integer(metadata, "holdout_id"));
        Long index = integer(reason, "condition_index");
        Long version = integer(metadata, "version");
        Boolean hasExperiment = metadata.hasNonNull("has_experiment") ? bool(metadata, "has_experiment") : null;
        return new Remote(key, legacy(value), value, structured ? value.toString() : payload(metadata.path("payload")),
                text(reason, "code"), text(reason, "description"), index == null ? -1 : index.intValue(),
                integer(metadata, "id"), version == null ? null : version.intValue(), hasExperiment, rule,
                ResolvedFlag.isMinimal(minimalEvents, hasExperiment), null);
    }

    /** The value without a type: numbers and objects are on, null is off, and a text is a variant. */
    private static FlagValue legacy(JsonNode value) {
        if (value.isTextual() && !value.textValue().isEmpty()) {
            return FlagValue.of(value.textValue());
        }
        return FlagValue.of(!value.isNull() && !(value.isBoolean() && !value.booleanValue()));
    }

    /** Ignores metadata of rules, which such a flag cannot have. */
    private Remote untyped(String key, JsonNode flag) {
        if (!flag.path("enabled").isBoolean()) {
            throw new MalformedFlag("enabled");
        }
        boolean enabled = flag.path("enabled").booleanValue();
        String variant = textOrNull(flag.path("variant"));
        boolean isVariant = enabled && variant != null && !variant.isEmpty();
        JsonNode reason = flag.path("reason");
        JsonNode metadata = flag.path("metadata");
        Boolean hasExperiment = metadata.path("has_experiment").isBoolean()
                ? (Boolean) metadata.path("has_experiment").booleanValue()
                : null;
        return new Remote(key, isVariant ? FlagValue.of(variant) : FlagValue.of(enabled),
                isVariant ? TextNode.valueOf(variant) : BooleanNode.valueOf(enabled), payload(metadata.path("payload")),
                textOrNull(reason.path("code")), textOrNull(reason.path("description")),
                reason.path("condition_index").isInt() ? reason.path("condition_index").asInt() : -1,
                metadata.path("id").isIntegralNumber() ? (Long) metadata.path("id").asLong() : null,
                metadata.path("version").isInt() ? (Integer) metadata.path("version").asInt() : null,
                hasExperiment, RuleMetadata.V1, ResolvedFlag.isMinimal(minimalEvents, hasExperiment), null);
    }

    /** Usually JSON text, but the JSON itself is possible. */
    static String payload(JsonNode payload) {
        return payload.isMissingNode() || payload.isNull() ? null
                : payload.isTextual() ? payload.asText() : payload.toString();
    }

    static String textOrNull(JsonNode value) {
        return value.isTextual() ? value.textValue() : null;
    }

    private static JsonNode object(JsonNode parent, String field) {
        if (!parent.hasNonNull(field)) {
            return MissingNode.getInstance();
        }
        JsonNode value = parent.get(field);
        if (!value.isObject()) {
            throw new MalformedFlag(field);
        }
        return value;
    }

    private static String text(JsonNode parent, String field) {
        if (!parent.hasNonNull(field)) {
            return null;
        }
        JsonNode value = parent.get(field);
        if (!value.isTextual()) {
            throw new MalformedFlag(field);
        }
        return value.textValue();
    }

    /** Also accepts a whole number with a fraction, such as 2.0. */
    private static Long integer(JsonNode parent, String field) {
        if (!parent.hasNonNull(field)) {
            return null;
        }
        JsonNode value = parent.get(field);
        if (!value.isNumber() || !value.canConvertToLong() || value.doubleValue() != Math.rint(value.doubleValue())) {
            throw new MalformedFlag(field);
        }
        return value.longValue();
    }

    private static boolean bool(JsonNode parent, String field) {
        if (!parent.hasNonNull(field)) {
            return false;
        }
        JsonNode value = parent.get(field);
        if (!value.isBoolean()) {
            throw new MalformedFlag(field);
        }
        return value.booleanValue();
    }

    /** A field has an unexpected type. */
    private static final class MalformedFlag extends RuntimeException {

        private static final long serialVersionUID = 1L;

        MalformedFlag(String field) {
            super("'" + field + "' has an unexpected type", null, false, false);
        }
    }
}
