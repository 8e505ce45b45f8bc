package io.quarkiverse.posthog.emulator.store;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import com.fasterxml.jackson.databind.node.ObjectNode;

/** The items of resources for which the emulator has no code of their own, by the name of the resource in paths. */
public final class ResourceStore {

    private final Map<String, Map<String, ObjectNode>> byName = new LinkedHashMap<>();
    private long lastId;

    /** Returns whether items of a resource were ever stored, even if all of them are deleted. */
    public boolean has(String resource) {
        return byName.containsKey(resource);
    }

    /** Returns a number that no item of any resource has. */
    public long nextId() {
        return ++lastId;
    }

    /** Stores an item by its field {@code id}. */
    public ObjectNode add(String resource, ObjectNode item) {
        byName.computeIfAbsent(resource, name -> new LinkedHashMap<>()).put(item.get("id").asText(), item);
        return item;
    }

    /** Replaces all items of a resource. */
    public void replace(String resource, Collection<ObjectNode> items) {
        byName.put(resource, new LinkedHashMap<>());
        items.forEach(item -> add(resource, item));
    }

    /** Returns the items in the order in which they were stored. */
    public List<ObjectNode> all(String resource) {
        return List.copyOf(byName.getOrDefault(resource, Map.of()).values());
    }

    public Optional<ObjectNode> find(String resource, String id) {
        return Optional.ofNullable(byName.getOrDefault(resource, Map.of()).get(id));
    }

    public void remove(String resource, String id) {
        byName.getOrDefault(resource, new LinkedHashMap<>()).remove(id);
    }

    void clear() {
        byName.clear();
        lastId = 0;
    }
}
