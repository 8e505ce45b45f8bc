package io.quarkiverse.posthog.emulator.store;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Stream;

/** Persons, in the order in which PostHog lists them: the newest first. */
public final class PersonStore {

    private static final Comparator<StoredPerson> LIST_ORDER = Comparator.comparing(StoredPerson::createdAt)
            .thenComparing(StoredPerson::id).reversed();

    private final NavigableSet<StoredPerson> ordered = new TreeSet<>(LIST_ORDER);
    private final Map<Long, StoredPerson> byId = new HashMap<>();
    private final Map<UUID, StoredPerson> byUuid = new HashMap<>();
    private final Map<String, StoredPerson> byDistinctId = new HashMap<>();
    private long lastId;
    private long bytes;

    /** The uuid that goes with a distinct id, also for events that have no person profile. */
    public static UUID uuidFor(String distinctId) {
        return UUID.nameUUIDFromBytes(("person:" + distinctId).getBytes(StandardCharsets.UTF_8));
    }

    public StoredPerson create(String distinctId, Instant createdAt) {
        return create(distinctId, uuidFor(distinctId), createdAt);
    }

    public StoredPerson create(String distinctId, UUID uuid, Instant createdAt) {
        StoredPerson person = new StoredPerson(++lastId, byUuid.containsKey(uuid) ? UUID.randomUUID() : uuid, createdAt);
        ordered.add(person);
        byId.put(person.id(), person);
        byUuid.put(person.uuid(), person);
        bytes += person.size();
        addDistinctId(person, distinctId);
        return person;
    }

    public void addDistinctId(StoredPerson person, String distinctId) {
        bytes -= person.size();
        person.addDistinctId(distinctId);
        bytes += person.size();
        byDistinctId.put(distinctId, person);
    }

    /** Takes note of the size of a person whose properties have changed. */
    public void measure(StoredPerson person) {
        bytes -= person.size();
        person.measureProperties();
        bytes += person.size();
    }

    /** Moves the data of one person to another person, whose properties take precedence. */
    public void merge(StoredPerson survivor, StoredPerson merged) {
        if (survivor == merged) {
            return;
        }
        merged.properties().properties().forEach(property -> {
            if (!survivor.properties().has(property.getKey())) {
                survivor.properties().set(property.getKey(), property.getValue());
            }
        });
        merged.persistedIds().forEach(survivor.persistedIds()::putIfAbsent);
        if (merged.lastSeenAt() != null) {
            survivor.seen(merged.lastSeenAt());
        }
        delete(merged);
        merged.distinctIds().forEach(distinctId -> addDistinctId(survivor, distinctId));
        measure(survivor);
    }

    public void delete(StoredPerson person) {
        if (ordered.remove(person)) {
            bytes -= person.size();
        }
        byId.remove(person.id());
        byUuid.remove(person.uuid());
        person.distinctIds().forEach(distinctId -> byDistinctId.remove(distinctId, person));
    }

    /** @return whether there was a person */
    boolean evictOldest() {
        if (ordered.isEmpty()) {
            return false;
        }
        delete(ordered.last());
        return true;
    }

    /** An estimate of the memory in use, in bytes. */
    long bytes() {
        return bytes;
    }

    public Optional<StoredPerson> byDistinctId(String distinctId) {
        return Optional.ofNullable(byDistinctId.get(distinctId));
    }

    public Optional<StoredPerson> byId(long id) {
        return Optional.ofNullable(byId.get(id));
    }

    public Optional<StoredPerson> byUuid(UUID uuid) {
        return Optional.ofNullable(byUuid.get(uuid));
    }

    /** By created_at, then id, both descending. */
    public Stream<StoredPerson> stream() {
        return ordered.stream();
    }

    public int size() {
        return ordered.size();
    }

    void clear() {
        ordered.clear();
        byId.clear();
        byUuid.clear();
        byDistinctId.clear();
        lastId = 0;
        bytes = 0;
    }
}
