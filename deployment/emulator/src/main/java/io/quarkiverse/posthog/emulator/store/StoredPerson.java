package io.quarkiverse.posthog.emulator.store;

import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** A person with all its distinct ids. */
public final class StoredPerson {

    private static final String[] NAMING_PROPERTIES = { "email", "name", "username" };

    private final long id;
    private final UUID uuid;
    private final Instant createdAt;
    private final Set<String> distinctIds = new LinkedHashSet<>();
    private final ObjectNode properties = JsonNodeFactory.instance.objectNode();
    private final Map<String, String> persistedIds = new HashMap<>();
    private Instant lastSeenAt;
    private boolean identified;
    private long distinctIdsSize;
    private long propertiesSize;

    StoredPerson(long id, UUID uuid, Instant createdAt) {
        this.id = id;
        this.uuid = uuid;
        this.createdAt = createdAt;
    }

    public long id() {
        return id;
    }

    public UUID uuid() {
        return uuid;
    }

    public Instant createdAt() {
        return createdAt;
    }

    public Set<String> distinctIds() {
        return distinctIds;
    }

    /** Live: ingestion changes it in place, and then has the store measure the person. */
    public ObjectNode properties() {
        return properties;
    }

    /** Returns the first ID of the person for each flag with experience continuity, by flag key. */
    public Map<String, String> persistedIds() {
        return persistedIds;
    }

    public Instant lastSeenAt() {
        return lastSeenAt;
    }

    public boolean identified() {
        return identified;
    }

    public void identify() {
        identified = true;
    }

    public void seen(Instant when) {
        if (lastSeenAt == null || lastSeenAt.isBefore(when)) {
            lastSeenAt = when;
        }
    }

    void addDistinctId(String distinctId) {
        if (distinctIds.add(distinctId)) {
            distinctIdsSize += 2L * HeapSize.ENTRY + HeapSize.of(distinctId);
        }
    }

    void measureProperties() {
        propertiesSize = HeapSize.of(properties);
    }

    /** An estimate of the memory that the person takes, in bytes, with the properties as they were last measured. */
    long size() {
        return 12L * HeapSize.OBJECT + distinctIdsSize + propertiesSize;
    }

    /** What PostHog shows as the person's name. */
    public String name() {
        return Stream.of(NAMING_PROPERTIES).map(key -> properties.path(key).asText("")).filter(s -> !s.isBlank())
                .findFirst().orElseGet(() -> distinctIds.isEmpty() ? uuid.toString() : distinctIds.iterator().next());
    }
}
