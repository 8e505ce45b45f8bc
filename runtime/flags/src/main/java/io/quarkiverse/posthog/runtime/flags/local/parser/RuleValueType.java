package io.quarkiverse.posthog.runtime.flags.local.parser;

import java.util.Set;

import com.fasterxml.jackson.databind.JsonNode;

/** The types of the values of a flag with ordered rules. */
enum RuleValueType {

    BOOLEAN("true or false"),
    STRING("a string other than \"\", $true and $false"),
    NUMBER("a number from -9007199254740991 to 9007199254740991"),
    OBJECT("an object of at most 20 levels, whose numbers are from -9007199254740991 to 9007199254740991");

    private static final int MAX_DEPTH = 20;
    /** The largest number up to which a double represents all integers. */
    private static final long MAX_NUMBER = (1L << 53) - 1;

    private static final Set<String> RESERVED = Set.of("$true", "$false");

    private final String description;

    RuleValueType(String description) {
        this.description = description;
    }

    /** @return {@code null} if there is no such type */
    static RuleValueType of(String code) {
        for (RuleValueType type : values()) {
            if (type.code().equals(code)) {
                return type;
            }
        }
        return null;
    }

    String code() {
        return switch (this) {
            case BOOLEAN -> "boolean";
            case STRING -> "string";
            case NUMBER -> "number";
            case OBJECT -> "object";
        };
    }

    /** Describes the values in messages. */
    String description() {
        return description;
    }

    boolean accepts(JsonNode value) {
        return switch (this) {
            case BOOLEAN -> value.isBoolean();
            case STRING -> value.isTextual() && !value.textValue().isEmpty();
            case NUMBER -> value.isNumber() && isSafe(value);
            case OBJECT -> value.isObject() && isNested(value, 1);
        };
    }

    /** Returns whether PostHog rejects a value when it is stored, although the evaluation accepts it. */
    static boolean isReserved(JsonNode value) {
        return value.isTextual() && RESERVED.contains(value.textValue());
    }

    private static boolean isNested(JsonNode value, int depth) {
        if (!value.isContainerNode()) {
            return !value.isNumber() || isSafe(value);
        }
        if (depth > MAX_DEPTH) {
            return false;
        }
        for (JsonNode element : value) {
            if (!isNested(element, depth + 1)) {
                return false;
            }
        }
        return true;
    }

    private static boolean isSafe(JsonNode number) {
        if (number.isIntegralNumber()) {
            return number.canConvertToLong() && number.longValue() >= -MAX_NUMBER && number.longValue() <= MAX_NUMBER;
        }
        return Math.abs(number.doubleValue()) <= MAX_NUMBER;
    }
}
