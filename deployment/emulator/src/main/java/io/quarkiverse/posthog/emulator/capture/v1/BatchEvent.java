package io.quarkiverse.posthog.emulator.capture.v1;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.quarkiverse.posthog.emulator.capture.EventClock;
import io.quarkiverse.posthog.emulator.http.ApiRequest;
import io.quarkiverse.posthog.emulator.http.EmulatorJson;
import io.quarkiverse.posthog.emulator.http.TimestampFormats;
import io.quarkiverse.posthog.emulator.store.Delivery;
import io.quarkiverse.posthog.emulator.store.StoredEvent;

/** An event of a batch, all of whose fields have the right type. */
record BatchEvent(UUID uuid, String event, String distinctId, String timestamp, JsonNode raw) {

    private static final int MAX_BYTES = 200;

    static BatchEvent read(JsonNode raw) {
        String event = ReceivedBatch.required(raw, "event");
        String uuid = ReceivedBatch.required(raw, "uuid").trim();
        String distinctId = ReceivedBatch.required(raw, "distinct_id").trim();
        String timestamp = ReceivedBatch.required(raw, "timestamp");
        optionalText(raw, "session_id");
        optionalText(raw, "window_id");
        if (uuid.isEmpty()) {
            throw new BatchRejectedException(400, "missing_event_uuid", "an event has an empty uuid");
        }
        return new BatchEvent(ApiRequest.uuid(uuid).orElseThrow(
                () -> new BatchRejectedException(400, "invalid_event_uuid", "an event has an invalid uuid: " + uuid)), event,
                distinctId,
                timestamp, raw);
    }

    private static Optional<String> optionalText(JsonNode raw, String name) {
        return raw.hasNonNull(name) ? Optional.of(ReceivedBatch.required(raw, name)) : Optional.empty();
    }

    /** Why this event alone is dropped. */
    Optional<String> defect() {
        if (event.equals("$performance_event")) {
            return Optional.of("dropped_performance_event");
        } else if (event.isEmpty()) {
            return Optional.of("missing_event_name");
        } else if (isTooLong(event)) {
            return Optional.of("event_name_too_long");
        } else if (distinctId.isEmpty()) {
            return Optional.of("missing_distinct_id");
        } else if (isTooLong(distinctId)) {
            return Optional.of("distinct_id_too_large");
        } else if (TimestampFormats.rfc3339(timestamp).isEmpty()) {
            return Optional.of("invalid_event_timestamp");
        } else if (raw.has("properties") && !raw.get("properties").isObject()) {
            return Optional.of("malformed_event_properties");
        }
        return options().isPresent() ? Optional.empty() : Optional.of("invalid_options");
    }

    private static boolean isTooLong(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length > MAX_BYTES;
    }

    private Optional<EventOptions> options() {
        return EventOptions.read(raw.path("options"));
    }

    /** As it is stored; there must not be a defect. */
    StoredEvent toStore(EventClock clock, SdkInfo sdk, boolean historicalMigration, Delivery delivery) {
        EventOptions options = options().orElseThrow();
        ObjectNode properties = raw.has("properties") ? raw.get("properties").deepCopy() : EmulatorJson.object();
        optionalText(raw, "session_id").ifPresent(id -> properties.put("$session_id", id));
        optionalText(raw, "window_id").ifPresent(id -> properties.put("$window_id", id));
        options.addTo(properties);
        sdk.addTo(properties);
        Instant given = TimestampFormats.rfc3339(timestamp).orElseThrow();
        Instant time = options.disableSkewCorrection() ? clock.storable(given) : clock.notAhead(clock.corrected(given));
        return new StoredEvent(uuid, event, distinctId, time, properties, historicalMigration, delivery);
    }
}
