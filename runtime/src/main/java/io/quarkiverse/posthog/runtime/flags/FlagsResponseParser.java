package io.quarkiverse.posthog.runtime.flags;

import java.io.IOException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;

import io.quarkiverse.posthog.flags.FlagError;
import io.quarkiverse.posthog.flags.FlagValue;
import io.quarkiverse.posthog.runtime.flags.ResolvedFlag.ByPostHog;
import io.quarkiverse.posthog.runtime.flags.local.parser.ForeignJson;

/**
 * Parses responses to {@code POST /flags}: version 2, with a reason and an ID for each flag, and the older form with
 * values and payloads only.
 */
final class FlagsResponseParser {

    private static final int MAX_NESTING = 200;

    private static final String FEATURE_FLAGS = "feature_flags";

    /** Created with the first response, because loading its classes takes longer than starting an account. */
    private volatile ObjectMapper mapper;

    /** @throws IOException if it is not JSON, or does not contain flags */
    FlagsResponse read(byte[] json) throws IOException {
        JsonNode answer = mapper().readTree(json);
        boolean reasoned = answer != null && answer.path("flags").isObject();
        if (!reasoned && (answer == null || !answer.path("featureFlags").isObject())) {
            throw new IOException("the response has no flags");
        }
        return new FlagsResponse(reasoned ? flags(answer) : values(answer), errors(answer),
                text(answer.path("requestId")), instant(answer.path("evaluatedAt")));
    }

    private ObjectMapper mapper() {
        if (mapper == null) {
            mapper = ForeignJson.mapper(MAX_NESTING).enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS);
        }
        return mapper;
    }

    private static Set<FlagError> errors(JsonNode answer) {
        Set<FlagError> errors = new LinkedHashSet<>();
        if (answer.path("errorsWhileComputingFlags").asBoolean()) {
            errors.add(FlagError.ERRORS_WHILE_COMPUTING_FLAGS);
        }
        answer.path("quotaLimited").forEach(limited -> {
            if (limited.asText().equals(FEATURE_FLAGS)) {
                errors.add(FlagError.QUOTA_LIMITED);
            }
        });
        return errors;
    }

    private static Map<String, ResolvedFlag> flags(JsonNode answer) {
        boolean minimalEvents = answer.path("minimalFlagCalledEvents").asBoolean();
        Map<String, ResolvedFlag> flags = new LinkedHashMap<>();
        answer.path("flags").properties().forEach(field -> {
            JsonNode flag = field.getValue();
            // A flag that PostHog could not evaluate also has a value, which must not be used
            if (flag.path("enabled").isBoolean() && !flag.path("failed").asBoolean()) {
                flags.put(field.getKey(), flag(field.getKey(), flag, minimalEvents));
            }
        });
        return flags;
    }

    private static ResolvedFlag flag(String key, JsonNode flag, boolean minimalEvents) {
        boolean enabled = flag.path("enabled").asBoolean();
        String variant = text(flag.path("variant"));
        JsonNode reason = flag.path("reason");
        JsonNode metadata = flag.path("metadata");
        Boolean hasExperiment = metadata.path("has_experiment").isBoolean() ? metadata.path("has_experiment").asBoolean()
                : null;
        return new ByPostHog(key,
                enabled && variant != null && !variant.isEmpty() ? FlagValue.of(variant) : FlagValue.of(enabled),
                payload(metadata.path("payload")), text(reason.path("code")), text(reason.path("description")),
                reason.path("condition_index").isInt() ? reason.path("condition_index").asInt() : -1,
                metadata.path("id").isIntegralNumber() ? metadata.path("id").asLong() : null,
                metadata.path("version").isInt() ? metadata.path("version").asInt() : null,
                hasExperiment, ResolvedFlag.isMinimal(minimalEvents, hasExperiment));
    }

    private static Map<String, ResolvedFlag> values(JsonNode answer) {
        Map<String, ResolvedFlag> flags = new LinkedHashMap<>();
        answer.path("featureFlags").properties().forEach(field -> {
            FlagValue value = value(field.getValue());
            if (value != null) {
                String key = field.getKey();
                flags.put(key, new ByPostHog(key, value, payload(answer.path("featureFlagPayloads").path(key)), null, null, -1,
                        null, null, null, false));
            }
        });
        return flags;
    }

    private static FlagValue value(JsonNode value) {
        if (value.isBoolean()) {
            return FlagValue.of(value.asBoolean());
        }
        return value.isTextual() && !value.asText().isEmpty() ? FlagValue.of(value.asText()) : null;
    }

    /** JSON text, as a rule; an answer may also have the JSON itself. */
    private static String payload(JsonNode payload) {
        return payload instanceof MissingNode || payload.isNull() ? null
                : payload.isTextual() ? payload.asText() : payload.toString();
    }

    private static String text(JsonNode value) {
        return value.isTextual() ? value.asText() : null;
    }

    private static Instant instant(JsonNode millis) {
        return millis.isIntegralNumber() ? Instant.ofEpochMilli(millis.asLong()) : null;
    }
}
