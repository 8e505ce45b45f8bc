package io.quarkiverse.posthog.runtime.flags.local.parser;

import java.util.HashMap;
import java.util.Map;

import com.fasterxml.jackson.databind.JsonNode;

/** The names of the types of groups, which flags know by index. */
final class GroupTypes {

    private final Map<Integer, String> names = new HashMap<>();

    /** @param mapping names by index; null when there are none */
    GroupTypes(JsonNode mapping) {
        if (mapping != null && mapping.isObject()) {
            mapping.properties().forEach(entry -> {
                if (entry.getKey().matches("[0-9]{1,9}") && entry.getValue().isTextual()) {
                    names.put(Integer.valueOf(entry.getKey()), entry.getValue().textValue());
                }
            });
        }
    }

    /** @return null when it is not known */
    String name(int index) {
        return names.get(index);
    }

    Map<Integer, String> all() {
        return Map.copyOf(names);
    }
}
