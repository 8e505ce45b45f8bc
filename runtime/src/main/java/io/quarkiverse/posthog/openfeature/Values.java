package io.quarkiverse.posthog.openfeature;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.databind.JsonNode;

import dev.openfeature.sdk.ImmutableStructure;
import dev.openfeature.sdk.Structure;
import dev.openfeature.sdk.Value;

/** Translates between OpenFeature's values and those of everybody else. */
final class Values {

    private Values() {
    }

    /** What the value is as JSON: null, a boolean, a number, a string, a list or a map. */
    static Object toObject(Value value) {
        // Structure.asObjectMap() would do, but for whole numbers beyond int
        if (value == null || value.isNull()) {
            return null;
        }
        if (value.isStructure()) {
            return toMap(value.asStructure());
        }
        if (value.isList()) {
            List<Object> elements = new ArrayList<>();
            value.asList().forEach(element -> elements.add(toObject(element)));
            return elements;
        }
        return value.isInstant() ? value.asInstant().toString() : value.asObject();
    }

    static Map<String, Object> toMap(Structure structure) {
        Map<String, Object> members = new LinkedHashMap<>();
        structure.asUnmodifiableMap().forEach((name, member) -> members.put(name, toObject(member)));
        return members;
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
        return json.isIntegralNumber() && json.canConvertToLong() ? new Value(json.longValue())
                : new Value(json.doubleValue());
    }
}
