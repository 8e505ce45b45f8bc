package io.quarkiverse.posthog;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZonedDateTime;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;

import io.smallrye.common.annotation.CheckReturnValue;

/**
 * An event to send to PostHog.
 * <p>
 * Immutable: each method returns a changed copy, and the properties are copied. Blank names and ids are refused when the
 * event is captured, not here.
 *
 * @param event the event name, such as {@code purchase}; at most 200 characters
 * @param distinctId who did it: the distinct id of a person; at most 200 characters
 * @param properties the event properties, in the order they were set; values are anything Jackson can write, null values
 *        are sent as JSON null. {@code $lib}, {@code $lib_version} and {@code $is_server} are set by the extension
 * @param timestamp when it happened, sent as UTC with its full precision and not corrected by PostHog; null for the time of
 *        capture, which PostHog corrects when the clock of this machine is off
 * @param uuid identifies the event: PostHog keeps one event per uuid; null for a new UUIDv7
 */
public record CaptureEvent(String event, String distinctId, Map<String, Object> properties, Instant timestamp, UUID uuid) {

    public CaptureEvent {
        properties = properties == null ? Map.of() : Collections.unmodifiableMap(new LinkedHashMap<>(properties));
    }

    /** An event of a person, without properties, happening now. */
    public static CaptureEvent of(String event, String distinctId) {
        return new CaptureEvent(event, distinctId, Map.of(), null, null);
    }

    /** Sets one event property. */
    @CheckReturnValue
    public CaptureEvent property(String name, Object value) {
        return properties(Collections.singletonMap(name, value));
    }

    /** Adds event properties to those already set; the new value wins for a name that is set already. */
    @CheckReturnValue
    public CaptureEvent properties(Map<String, ?> properties) {
        Map<String, Object> merged = new LinkedHashMap<>(this.properties);
        merged.putAll(properties);
        return new CaptureEvent(event, distinctId, merged, timestamp, uuid);
    }

    /** Sets when it happened. */
    @CheckReturnValue
    public CaptureEvent timestamp(Instant timestamp) {
        return new CaptureEvent(event, distinctId, properties, timestamp, uuid);
    }

    /** Sets when it happened; the offset is converted to UTC. */
    @CheckReturnValue
    public CaptureEvent timestamp(OffsetDateTime timestamp) {
        return timestamp(timestamp.toInstant());
    }

    /** Sets when it happened; the zone is converted to UTC. */
    @CheckReturnValue
    public CaptureEvent timestamp(ZonedDateTime timestamp) {
        return timestamp(timestamp.toInstant());
    }

    /** Sets the uuid, to make sending the same event again harmless. */
    @CheckReturnValue
    public CaptureEvent uuid(UUID uuid) {
        return new CaptureEvent(event, distinctId, properties, timestamp, uuid);
    }
}
