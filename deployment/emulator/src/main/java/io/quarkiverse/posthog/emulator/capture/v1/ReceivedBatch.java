package io.quarkiverse.posthog.emulator.capture.v1;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;

import io.quarkiverse.posthog.emulator.http.ServiceJson;
import io.quarkiverse.posthog.emulator.http.TimestampFormats;

/** The body of a request. A malformed body causes all events to be rejected, including valid ones. */
record ReceivedBatch(boolean historicalMigration, List<BatchEvent> events) {

    /** Fields of version 0, whose place is in the headers now. */
    private static final Set<String> FORBIDDEN = Set.of("api_key", "token", "sent_at");

    static ReceivedBatch read(String text) {
        JsonNode body = parse(text);
        if (!TimestampFormats.rfc3339(required(body, "created_at")).isPresent()) {
            throw new BatchRejectedException(400, "invalid_batch", "created_at has to be RFC 3339");
        }
        JsonNode historicalMigration = body.path("historical_migration");
        if (!historicalMigration.isMissingNode() && !historicalMigration.isBoolean()) {
            throw unparsable("historical_migration has to be true or false");
        }
        if (!body.path("batch").isArray()) {
            throw unparsable("batch has to be an array");
        }
        List<BatchEvent> events = body.get("batch").valueStream().map(BatchEvent::read).toList();
        if (events.isEmpty()) {
            throw new BatchRejectedException(400, "empty_batch", "the batch is empty");
        }
        requireDifferentUuids(events);
        return new ReceivedBatch(historicalMigration.booleanValue(), events);
    }

    private static JsonNode parse(String text) {
        try {
            JsonNode body = ServiceJson.parse(text);
            FORBIDDEN.stream().filter(body::has).findAny().ifPresent(name -> {
                throw new BatchRejectedException(400, "invalid_batch", name + " is not allowed in the body");
            });
            return body;
        } catch (JsonProcessingException e) {
            throw unparsable(e.getOriginalMessage());
        }
    }

    private static void requireDifferentUuids(List<BatchEvent> events) {
        Set<UUID> seen = new HashSet<>();
        events.stream().map(BatchEvent::uuid).filter(uuid -> !seen.add(uuid)).findFirst().ifPresent(uuid -> {
            throw new BatchRejectedException(400, "duplicate_event_uuid", "two events have the uuid " + uuid);
        });
    }

    static String required(JsonNode node, String name) {
        JsonNode value = node.path(name);
        if (!value.isTextual()) {
            throw unparsable(name + " has to be a text");
        }
        return value.textValue();
    }

    static BatchRejectedException unparsable(String reason) {
        return new BatchRejectedException(400, "request_parsing_error", "the body cannot be read: " + reason);
    }
}
