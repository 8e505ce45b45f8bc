package io.quarkiverse.posthog.runtime.flags.local.parser;

import java.util.HashMap;
import java.util.Map;

import com.fasterxml.jackson.databind.JsonNode;

/** The group types, which flags reference by index. */
final class GroupTypes {

    private final Map<Integer, String> names = new HashMap<>();

    /** @param mapping the names by index; {@code null} if missing */
    GroupTypes(JsonNode mapping) {
        if (mapping != null && mapping.isObject()) {
            mapping.properties().forEach(entry -> {
                if (entry.getKey().matches("[0-9]{1,9}") && entry.getValue().isTextual()) {
                    names.put(Integer.valueOf(entry.getKey()), entry.getValue().textValue());
                }
            });
        }
    }

    /** @return {@code null} if the definitions do not contain the index */
    String name(int index) {
        return names.get(index);
    }

    Map<Integer, String> all() {
        return Map.copyOf(names);
    }
}
