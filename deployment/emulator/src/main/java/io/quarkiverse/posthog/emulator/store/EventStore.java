package io.quarkiverse.posthog.emulator.store;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** Events ordered by time. Events with the same timestamp are in order of arrival. */
public final class EventStore {

    private final NavigableMap<Instant, List<StoredEvent>> byTime = new TreeMap<>();
    /** In the order in which they came. */
    private final Map<UUID, List<StoredEvent>> byUuid = new LinkedHashMap<>();
    private final Random random = new Random();
    private EqualTimestampOrder tieOrder = EqualTimestampOrder.INSERTION;
    private int size;
    private long bytes;

    /** Adds the event unless it is a duplicate, because clients retry. */
    public boolean add(StoredEvent event) {
        List<StoredEvent> namesakes = byUuid.computeIfAbsent(event.uuid(), u -> new ArrayList<>(1));
        if (namesakes.stream().anyMatch(event::isSameAs)) {
            return false;
        }
        namesakes.add(event);
        size++;
        bytes += event.size();
        byTime.computeIfAbsent(event.timestamp(), t -> new ArrayList<>(1)).add(event);
        return true;
    }

    public Optional<StoredEvent> find(UUID uuid) {
        return byUuid.getOrDefault(uuid, List.of()).stream().findFirst();
    }

    public int size() {
        return size;
    }

    /** An estimate of the memory in use, in bytes. */
    long bytes() {
        return bytes;
    }

    /** The events of a range, lazily. */
    public Stream<StoredEvent> stream(TimeRange range, boolean descending) {
        if (range.isEmpty()) {
            return Stream.empty();
        }
        var part = byTime.subMap(range.from(), range.fromIncluded(), range.to(), range.toIncluded());
        return (descending ? part.descendingMap() : part).values().stream().flatMap(bucket -> ties(bucket).stream());
    }

    /** Returns the events that clients sent, in order of arrival, without events from the control API or the demo shop. */
    public Stream<StoredEvent> arrived() {
        return byUuid.values().stream().flatMap(List::stream).filter(event -> event.delivery() != null);
    }

    private List<StoredEvent> ties(List<StoredEvent> bucket) {
        if (tieOrder == EqualTimestampOrder.INSERTION || bucket.size() == 1) {
            return bucket;
        }
        List<StoredEvent> shuffled = new ArrayList<>(bucket);
        Collections.shuffle(shuffled, random);
        return shuffled;
    }

    public void removeIf(Predicate<StoredEvent> condition) {
        for (Iterator<List<StoredEvent>> buckets = byTime.values().iterator(); buckets.hasNext();) {
            List<StoredEvent> bucket = buckets.next();
            bucket.removeIf(event -> condition.test(event) && forget(event));
            if (bucket.isEmpty()) {
                buckets.remove();
            }
        }
    }

    /**
     * Removes the event that arrived first. Its timestamp is ignored, because an import would otherwise lose its old events
     * at once.
     *
     * @return whether there was an event
     */
    boolean evictOldest() {
        if (byUuid.isEmpty()) {
            return false;
        }
        StoredEvent oldest = byUuid.values().iterator().next().get(0);
        byTime.computeIfPresent(oldest.timestamp(), (time, bucket) -> {
            bucket.remove(oldest);
            return bucket.isEmpty() ? null : bucket;
        });
        return forget(oldest);
    }

    private boolean forget(StoredEvent event) {
        byUuid.computeIfPresent(event.uuid(), (uuid, namesakes) -> {
            namesakes.remove(event);
            return namesakes.isEmpty() ? null : namesakes;
        });
        size--;
        bytes -= event.size();
        return true;
    }

    public EqualTimestampOrder tieOrder() {
        return tieOrder;
    }

    public void tieOrder(EqualTimestampOrder order) {
        tieOrder = order;
    }

    void clear() {
        byTime.clear();
        byUuid.clear();
        size = 0;
        bytes = 0;
        tieOrder = EqualTimestampOrder.INSERTION;
    }
}
