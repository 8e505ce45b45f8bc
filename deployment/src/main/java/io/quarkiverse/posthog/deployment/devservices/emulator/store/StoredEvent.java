package io.quarkiverse.posthog.deployment.devservices.emulator.store;

import java.time.Instant;
import java.util.UUID;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * An ingested event; the person is looked up by distinct id when the event is read, so that merges show at once.
 *
 * @param requestId the recorded request that delivered it, {@code null} for seeded events
 */
public record StoredEvent(UUID uuid, String event, String distinctId, Instant timestamp, ObjectNode properties,
        ArrayNode elements, String elementsChain, UUID requestId) {
}
