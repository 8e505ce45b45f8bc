package io.quarkiverse.posthog.openfeature;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.databind.JsonNode;

import dev.openfeature.sdk.ImmutableStructure;
import dev.openfeature.sdk.Structure;
import dev.openfeature.sdk.Value;
import dev.openfeature.sdk.exceptions.InvalidContextError;
import dev.openfeature.sdk.exceptions.TypeMismatchError;

/** Converts OpenFeature's values from and to JSON. */
final class ValueMapper {

    /** The maximum nesting depth, which is the limit of event properties. */
    private static final int MAX_DEPTH = 100;

    private ValueMapper() {
    }

    /**
     * Converts a value to a type of JSON: null, a boolean, a number, a string, a list or a map.
     *
     * @throws InvalidContextError if it contains itself or is nested too deep
     */
    static Object toObject(Value value) {
        return plain(value, 0);
    }

    static Map<String, Object> toMap(Structure structure) {
        return members(structure.asUnmodifiableMap(), 0);
    }

    // Does not use Value.isList(), which is false for a list that contains null, or Structure.asObjectMap(), which fails for
    // numbers other than int and double
    private static Object plain(Object value, int depth) {
        if (depth > MAX_DEPTH) {
            throw new InvalidContextError("A value is nested more than " + MAX_DEPTH + " levels deep, or contains itself");
        }
        if (value instanceof Value wrapped) {
            return plain(wrapped.asObject(), depth);
        }
        if (value instanceof Structure structure) {
            return members(structure.asUnmodifiableMap(), depth);
        }
        if (value instanceof List<?> list) {
            List<Object> elements = new ArrayList<>(list.size());
            list.forEach(element -> elements.add(plain(element, depth + 1)));
            return elements;
        }
        return value instanceof Instant ? value.toString() : value;
    }

    private static Map<String, Object> members(Map<String, Value> values, int depth) {
        Map<String, Object> members = new LinkedHashMap<>();
        values.forEach((name, member) -> members.put(name, plain(member, depth + 1)));
        return members;
    }

    /** Returns a string or a number as text, whole numbers without a decimal point; null for other types. */
    static String toText(Value value) {
        if (value == null || !value.isNumber()) {
            return value == null ? null : value.asString();
        }
        Object number = value.asObject();
        return number instanceof Double decimal && decimal % 1 == 0 ? new BigDecimal(decimal).toPlainString()
                : number.toString();
    }

    static Value of(JsonNode json) {
        if (json.isObject()) {
            Map<String, Value> members = new LinkedHashMap<>();
            json.properties().forEach(member -> members.put(member.getKey(), of(member.getValue())));
            return new Value(new ImmutableStructure(members));
        }
        if (json.isArray()) {
            List<Value> elements = new ArrayList<>();
            json.forEach(element -> elements.add(of(element)));
            return new Value(elements);
        }
        if (json.isBoolean()) {
            return new Value(json.booleanValue());
        }
        if (json.isNumber()) {
            return number(json);
        }
        return json.isNull() ? new Value() : new Value(json.asText());
    }

    private static Value number(JsonNode json) {
        if (json.isIntegralNumber() && json.canConvertToInt()) {
            return new Value(json.intValue());
        }
        if (json.isIntegralNumber() && json.canConvertToLong()) {
            return new Value(json.longValue());
        }
        if (Double.isInfinite(json.doubleValue())) {
            throw new TypeMismatchError("has a payload with a number that is too large for a double");
        }
        return new Value(json.doubleValue());
    }
}
