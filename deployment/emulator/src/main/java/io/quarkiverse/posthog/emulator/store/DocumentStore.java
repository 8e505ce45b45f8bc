package io.quarkiverse.posthog.emulator.store;

import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** Resources of one kind, kept as the JSON that the API shows, by their integer id. */
public final class DocumentStore {

    private final NavigableMap<Long, ObjectNode> byId = new TreeMap<>();
    private long lastId;

    /** Stores the document under a new id, which becomes its first field. */
    public ObjectNode add(ObjectNode document) {
        ObjectNode stored = JsonNodeFactory.instance.objectNode().put("id", ++lastId);
        stored.setAll(document);
        stored.put("id", lastId);
        byId.put(lastId, stored);
        return stored;
    }

    public Optional<ObjectNode> find(long id) {
        return Optional.ofNullable(byId.get(id));
    }

    /** All that are not soft-deleted, by id. */
    public Stream<ObjectNode> live() {
        return all().filter(document -> !isDeleted(document));
    }

    /** All, also soft-deleted ones, by id. */
    public Stream<ObjectNode> all() {
        return byId.values().stream();
    }

    public void remove(ObjectNode document) {
        byId.remove(document.get("id").longValue());
    }

    public static boolean isDeleted(ObjectNode document) {
        return document.path("deleted").booleanValue();
    }

    void clear() {
        byId.clear();
        lastId = 0;
    }
}
