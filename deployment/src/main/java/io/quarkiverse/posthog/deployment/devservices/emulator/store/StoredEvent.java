package io.quarkiverse.posthog.deployment.devservices.emulator.store;

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

    /** PostHog tells events apart by these four, of the timestamp by the day only. */
    boolean isSameAs(StoredEvent other) {
        return uuid.equals(other.uuid) && event.equals(other.event) && distinctId.equals(other.distinctId)
                && day().equals(other.day());
    }

    private LocalDate day() {
        return LocalDate.ofInstant(timestamp, ZoneOffset.UTC);
    }
}
