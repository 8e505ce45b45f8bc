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

import io.quarkiverse.posthog.flags.FlagError;
import io.quarkiverse.posthog.flags.FlagValue;
import io.quarkiverse.posthog.runtime.flags.ResolvedFlag.Remote;
import io.quarkiverse.posthog.runtime.flags.local.parser.ForeignJson;

/**
 * Parses responses to {@code POST /flags}: versions 2 and 3, with a reason and an ID for each flag, and the older form with
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
        Map<String, ResolvedFlag> flags = new LinkedHashMap<>();
        Map<String, FailedFlag> failedFlags = new LinkedHashMap<>();
        boolean typed = true;
        if (reasoned) {
            FlagRecordParser records = new FlagRecordParser(answer.path("minimalFlagCalledEvents").asBoolean(), flags,
                    failedFlags);
            for (Map.Entry<String, JsonNode> flag : answer.path("flags").properties()) {
                typed &= FlagRecordParser.isTyped(flag.getValue());
                records.parse(flag.getKey(), flag.getValue());
            }
        } else {
            values(answer, flags);
            typed = flags.isEmpty();
        }
        return new FlagsResponse(flags, failedFlags, typed, errors(answer),
                FlagRecordParser.textOrNull(answer.path("requestId")), instant(answer.path("evaluatedAt")));
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

    private static void values(JsonNode answer, Map<String, ResolvedFlag> flags) {
        answer.path("featureFlags").properties().forEach(field -> {
            FlagValue value = value(field.getValue());
            if (value != null) {
                String key = field.getKey();
                flags.put(key, new Remote(key, value, field.getValue(),
                        FlagRecordParser.payload(answer.path("featureFlagPayloads").path(key)), null, null, -1, null, null,
                        null,
                        RuleMetadata.V1, false, null));
            }
        });
    }

    private static FlagValue value(JsonNode value) {
        if (value.isBoolean()) {
            return FlagValue.of(value.asBoolean());
        }
        return value.isTextual() && !value.asText().isEmpty() ? FlagValue.of(value.asText()) : null;
    }

    private static Instant instant(JsonNode millis) {
        return millis.isIntegralNumber() ? Instant.ofEpochMilli(millis.asLong()) : null;
    }
}
