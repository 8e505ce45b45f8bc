package io.quarkiverse.posthog.openfeature;

import java.math.BigDecimal;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

import dev.openfeature.sdk.Value;
import dev.openfeature.sdk.exceptions.ParseError;
import dev.openfeature.sdk.exceptions.TypeMismatchError;
import io.quarkiverse.posthog.flags.FlagResult;

/** Converts flags that are on to OpenFeature's types. Values of other types are reported as OpenFeature errors. */
final class FlagValueConverter {

    /** The maximum nesting depth of payloads, which protects the recursive conversion from a stack overflow. */
    private static final int MAX_NESTING = 200;

    private static final ObjectMapper JSON = new ObjectMapper(JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder().maxNestingDepth(MAX_NESTING).build()).build());

    /** The maximum length of a number. The time to parse a number grows faster than its length. */
    private static final int MAX_LENGTH = 1_000;

    private FlagValueConverter() {
    }

    static String text(FlagResult flag) {
        return flag.variant().orElseThrow(() -> mismatch(flag, "cannot be read as a string, because it has no variant"));
    }

    static Integer integer(FlagResult flag) {
        try {
            return number(flag).intValueExact();
        } catch (ArithmeticException e) {
            throw mismatch(flag, "has a value that is not a whole number, or is too large for an integer");
        }
    }

    static Long longInteger(FlagResult flag) {
        try {
            return number(flag).longValueExact();
        } catch (ArithmeticException e) {
            throw mismatch(flag, "has a value that is not a whole number, or is too large for a long");
        }
    }

    static Double decimal(FlagResult flag) {
        double number = number(flag).doubleValue();
        if (Double.isInfinite(number)) {
            throw mismatch(flag, "has a value that is too large for a double");
        }
        return number;
    }

    /** Returns the variant if it is a number, as in PostHog's own providers; otherwise the payload. */
    private static BigDecimal number(FlagResult flag) {
        if (flag.variant().isPresent() && flag.variant().get().length() <= MAX_LENGTH) {
            try {
                return new BigDecimal(flag.variant().get().strip());
            } catch (NumberFormatException e) {
                // Not a number, like most variants
            }
        }
        if (flag.payload().isPresent()) {
            JsonNode payload = json(flag, flag.payload().get());
            if (payload.isNumber() && Double.isFinite(payload.doubleValue())) {
                return payload.decimalValue();
            }
        }
        throw mismatch(flag, "has neither a variant nor a payload that is a number");
    }

    static Value object(FlagResult flag) {
        String payload = flag.payload()
                .orElseThrow(() -> mismatch(flag, "cannot be read as an object, because it has no payload"));
        JsonNode json = json(flag, payload);
        if (!json.isContainerNode()) {
            throw mismatch(flag, "has a payload that is neither an object nor an array");
        }
        try {
            return ValueMapper.of(json);
        } catch (TypeMismatchError e) {
            throw mismatch(flag, e.getMessage());
        }
    }

    private static JsonNode json(FlagResult flag, String payload) {
        try {
            return JSON.readTree(payload);
        } catch (JsonProcessingException e) {
            // The message of the exception would contain the payload, which may be confidential
            throw new ParseError("Flag '" + flag.key() + "' has a payload that is not JSON");
        }
    }

    private static TypeMismatchError mismatch(FlagResult flag, String what) {
        return new TypeMismatchError("Flag '" + flag.key() + "' " + what);
    }
}
