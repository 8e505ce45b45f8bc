package io.quarkiverse.posthog.emulator.store;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.UUID;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * An ingested event; the person is looked up by distinct id when the event is read, so that merges show at once.
 *
 * @param historicalMigration whether it came as part of an import
 * @param delivery {@code null} for seeded events
 */
public record StoredEvent(UUID uuid, String event, String distinctId, Instant timestamp, ObjectNode properties,
        ArrayNode elements, String elementsChain, boolean historicalMigration, Delivery delivery) {

    /** An event without elements, which only browsers send. */
    public StoredEvent(UUID uuid, String event, String distinctId, Instant timestamp, ObjectNode properties,
            boolean historicalMigration, Delivery delivery) {
        this(uuid, event, distinctId, timestamp, properties, JsonNodeFactory.instance.arrayNode(), "", historicalMigration,
                delivery);
    }

    /** An estimate of the memory that the event takes, in bytes, with its place in the store. */
    long size() {
        return 8L * HeapSize.OBJECT + 2L * HeapSize.ENTRY + HeapSize.of(event) + HeapSize.of(distinctId)
                + HeapSize.of(properties) + HeapSize.of(elements) + HeapSize.of(elementsChain);
    }

    /** The key by which PostHog detects duplicates; the timestamp is reduced to its day. */
    boolean isSameAs(StoredEvent other) {
        return uuid.equals(other.uuid) && event.equals(other.event) && distinctId.equals(other.distinctId)
                && day().equals(other.day());
    }

    private LocalDate day() {
        return LocalDate.ofInstant(timestamp, ZoneOffset.UTC);
    }
}
