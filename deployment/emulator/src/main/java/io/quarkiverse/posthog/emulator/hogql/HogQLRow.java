package io.quarkiverse.posthog.emulator.hogql;

import java.time.Instant;
import java.util.UUID;

import com.fasterxml.jackson.databind.node.ObjectNode;

/** A row of the events table. */
public record HogQLRow(UUID uuid, String event, String distinctId, UUID personId, Instant timestamp,
        ObjectNode properties, ObjectNode personProperties) {
}
