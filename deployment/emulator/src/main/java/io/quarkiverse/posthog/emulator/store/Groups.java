package io.quarkiverse.posthog.emulator.store;

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
    private long bytes;

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
            ObjectNode stored = byType.get(type).get(key);
            bytes -= size(key, stored);
            if (stored == null) {
                stored = JsonNodeFactory.instance.objectNode();
                byType.get(type).put(key, stored);
            }
            stored.setAll(properties);
            bytes += size(key, stored);
        }
    }

    private static long size(String key, ObjectNode stored) {
        return stored == null ? 0 : HeapSize.ENTRY + HeapSize.of(key) + HeapSize.of(stored);
    }

    /** @return whether there was a group */
    boolean evictOldest() {
        for (Map<String, ObjectNode> groups : byType.values()) {
            if (!groups.isEmpty()) {
                String oldest = groups.keySet().iterator().next();
                bytes -= size(oldest, groups.remove(oldest));
                return true;
            }
        }
        return false;
    }

    /** An estimate of the memory in use, in bytes. */
    long bytes() {
        return bytes;
    }

    /** All types, by their index. */
    public List<String> types() {
        return List.copyOf(byType.keySet());
    }

    /** Returns the properties of a group, which are empty if the group does not exist. */
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
        bytes = 0;
    }
}
