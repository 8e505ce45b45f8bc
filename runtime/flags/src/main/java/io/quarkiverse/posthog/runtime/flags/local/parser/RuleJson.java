package io.quarkiverse.posthog.runtime.flags.local.parser;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

import com.fasterxml.jackson.databind.JsonNode;

import io.quarkiverse.posthog.runtime.flags.local.parser.InvalidRuleException.Code;

/** Reads an object of ordered rules, in which PostHog rejects unknown fields, missing fields and null. */
final class RuleJson {

    private static final int HUNDREDTHS = 2;

    private final JsonNode object;
    private final String path;

    /**
     * @param path the place in the rules; empty for the rules themselves
     * @param fields the names that the object can have; {@code null} for any names
     */
    RuleJson(JsonNode object, String path, Set<String> fields) {
        this.object = object;
        this.path = path;
        if (!object.isObject()) {
            throw new InvalidRuleException(Code.INVALID, path, "Must be an object.");
        }
        if (fields != null) {
            requireOnly(fields);
        }
    }

    void requireOnly(Set<String> fields) {
        object.properties().forEach(field -> {
            if (!fields.contains(field.getKey())) {
                throw new InvalidRuleException(Code.UNKNOWN_FIELD, at(field.getKey()), "Unknown field.");
            }
        });
    }

    InvalidRuleException invalid(String field, String detail) {
        return new InvalidRuleException(Code.INVALID, at(field), detail);
    }

    InvalidRuleException unsupported(String field, String detail) {
        return new InvalidRuleException(Code.UNSUPPORTED, at(field), detail);
    }

    InvalidRuleException notUnique(String field, String detail) {
        return new InvalidRuleException(Code.NOT_UNIQUE, at(field), detail);
    }

    private String at(String field) {
        return path.isEmpty() ? field : path + "." + field;
    }

    /** @return {@code null} if the field is missing, and a node for null */
    JsonNode get(String field) {
        return object.get(field);
    }

    /** Returns whether the field is missing or null. */
    boolean isMissing(String field) {
        return !object.hasNonNull(field);
    }

    JsonNode required(String field) {
        JsonNode value = object.get(field);
        if (value == null) {
            throw new InvalidRuleException(Code.REQUIRED, at(field), "This field is required.");
        }
        return value;
    }

    String text(String field) {
        JsonNode value = required(field);
        if (!value.isTextual()) {
            throw invalid(field, "Must be a string.");
        }
        return value.textValue();
    }

    boolean bool(String field) {
        JsonNode value = required(field);
        if (!value.isBoolean()) {
            throw invalid(field, "Must be true or false.");
        }
        return value.booleanValue();
    }

    /** Checks that all fields are texts or null. */
    void optionalTexts() {
        object.fieldNames().forEachRemaining(field -> optionalText(field, true));
    }

    /** Checks a field that can be missing. */
    void optionalText(String field, boolean nullable) {
        JsonNode value = object.get(field);
        if (value != null && !(value.isTextual() || nullable && value.isNull())) {
            throw invalid(field, "Must be a string.");
        }
    }

    /** Reads a percentage from 0 to 100 with up to two decimal places. */
    double percentage(String field) {
        JsonNode value = required(field);
        double number = value.isNumber() ? value.doubleValue() : Double.NaN;
        if (!(number >= 0 && number <= 100)) {
            throw invalid(field, "Must be a number from 0 to 100.");
        }
        if (BigDecimal.valueOf(number).stripTrailingZeros().scale() > HUNDREDTHS) {
            throw invalid(field, "Must have at most two decimal places.");
        }
        return number;
    }

    RuleJson object(String field) {
        return object(field, null);
    }

    RuleJson object(String field, Set<String> fields) {
        return new RuleJson(required(field), at(field), fields);
    }

    /** Reads an array of objects. */
    List<RuleJson> objects(String field, int min, int max, Set<String> fields) {
        JsonNode array = required(field);
        if (!array.isArray()) {
            throw invalid(field, "Must be an array.");
        }
        if (array.size() > max) {
            throw new InvalidRuleException(Code.LIMIT_EXCEEDED, at(field), "At most " + max + " " + field + " are allowed.");
        }
        if (array.size() < min) {
            throw invalid(field, "Must have at least " + min + " elements.");
        }
        List<RuleJson> objects = new ArrayList<>(array.size());
        for (JsonNode element : array) {
            objects.add(new RuleJson(element, at(field) + "." + objects.size(), fields));
        }
        return objects;
    }
}
