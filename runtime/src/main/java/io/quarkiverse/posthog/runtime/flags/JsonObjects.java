package io.quarkiverse.posthog.runtime.flags;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.databind.JsonNode;

/** Converts JSON of limited nesting to unmodifiable Java values. */
final class JsonObjects {

    private JsonObjects() {
    }

    static Map<String, Object> map(JsonNode object) {
        Map<String, Object> map = new LinkedHashMap<>();
        object.properties().forEach(field -> map.put(field.getKey(), value(field.getValue())));
        return Collections.unmodifiableMap(map);
    }

    private static Object value(JsonNode json) {
        return switch (json.getNodeType()) {
            case OBJECT -> map(json);
            case ARRAY -> list(json);
            case BOOLEAN -> json.booleanValue();
            case NUMBER -> number(json);
            case STRING -> json.textValue();
            default -> null;
        };
    }

    private static List<Object> list(JsonNode array) {
        List<Object> list = new ArrayList<>(array.size());
        array.forEach(element -> list.add(value(element)));
        return Collections.unmodifiableList(list);
    }

    private static Number number(JsonNode json) {
        if (json.isIntegralNumber() && json.canConvertToLong()) {
            return json.canConvertToInt() ? (Number) json.intValue() : (Number) json.longValue();
        }
        return json.doubleValue();
    }
}
