package io.quarkiverse.posthog.deployment.devservices.emulator.store;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** Groups such as companies or teams, with their properties. */
public final class Groups {

    /** A project has no more types; groups of another type are ignored. */
    private static final int MAX_TYPES = 5;

    private final Map<String, Map<String, ObjectNode>> byType = new LinkedHashMap<>();

    /** Takes note of a type, whose index is the number of types before it. */
    public void addType(String type) {
        if (byType.size() < MAX_TYPES) {
            byType.computeIfAbsent(type, t -> new LinkedHashMap<>());
        }
    }

    /** Adds properties to a group, which is new if need be. */
    public void set(String type, String key, ObjectNode properties) {
        addType(type);
        if (byType.containsKey(type)) {
            byType.get(type).computeIfAbsent(key, k -> JsonNodeFactory.instance.objectNode()).setAll(properties);
        }
    }

    /** All types, by their index. */
    public List<String> types() {
        return List.copyOf(byType.keySet());
    }

    /** The properties of a group, none if it is not known. */
    public ObjectNode properties(String type, String key) {
        ObjectNode properties = byType.getOrDefault(type, Map.of()).get(key);
        return properties == null ? JsonNodeFactory.instance.objectNode() : properties;
    }

    /** Calls with the type, and the properties by the keys of its groups. */
    public void forEach(BiConsumer<String, Map<String, ObjectNode>> consumer) {
        byType.forEach(consumer);
    }

    void clear() {
        byType.clear();
    }
}
