package io.quarkiverse.posthog.messaging.runtime;

import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;

import jakarta.inject.Singleton;

import org.jboss.logging.Logger;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;

import io.quarkiverse.posthog.CaptureEvent;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;

/** Reads the event of a message: a {@link CaptureEvent}, JSON in PostHog's capture format, or an object with a mapper. */
@Singleton
public class EventReader {

    private static final Logger LOG = Logger.getLogger(EventReader.class);

    private static final TypeReference<Map<String, Object>> JSON_OBJECT = new TypeReference<>() {
    };
    /** Without a mapper of the application, whose settings are for its own objects. An amount of 49.90 stays 49.90. */
    private static final ObjectReader JSON = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build().readerFor(JSON_OBJECT);

    private final EventMappers mappers;
    private final AtomicBoolean incompleteLogged = new AtomicBoolean();

    EventReader(EventMappers mappers) {
        this.mappers = mappers;
    }

    /**
     * An event.
     *
     * @param fromListener whether a listener captured it
     */
    record Read(CaptureEvent event, boolean fromListener) {
    }

    /** @throws IllegalArgumentException if the payload is not an event, with the reason */
    Read read(Object payload) {
        if (payload instanceof CaptureEvent event) {
            return new Read(event, false);
        }
        if (payload instanceof String json) {
            return read(() -> JSON.readValue(json));
        }
        if (payload instanceof byte[] json) {
            return read(() -> JSON.readValue(json));
        }
        if (payload instanceof Buffer json) {
            return read(() -> JSON.readValue(json.getBytes()));
        }
        if (payload instanceof JsonObject json) {
            return read(() -> JSON.readValue(json.encode()));
        }
        CaptureEvent mapped = mappers.map(payload);
        logIncomplete(mapped);
        return new Read(mapped, false);
    }

    private Read read(JsonSource source) {
        Map<String, Object> json;
        try {
            json = source.read();
        } catch (JsonProcessingException e) {
            // Without the source, which may contain personal data
            throw new IllegalArgumentException("the message is not a JSON object: " + e.getOriginalMessage(), e);
        } catch (IOException e) {
            throw new IllegalArgumentException("the message is not a JSON object: " + e.getMessage(), e);
        }
        if (json == null) {
            throw new IllegalArgumentException("the message is null instead of a JSON object");
        }
        Map<String, Object> properties = properties(json);
        CaptureEvent event = new CaptureEvent(text(json, "event"), distinctId(json, properties), properties, timestamp(json),
                uuid(json));
        logIncomplete(event);
        return new Read(event, Boolean.TRUE.equals(json.get("from_listener")));
    }

    private static Map<String, Object> properties(Map<String, Object> json) {
        Map<String, Object> properties = new LinkedHashMap<>();
        if (json.get("properties") instanceof Map<?, ?> given) {
            given.forEach((name, value) -> properties.put(String.valueOf(name), value));
        } else if (json.get("properties") != null) {
            throw new IllegalArgumentException("the field 'properties' is not a JSON object");
        }
        // PostHog also accepts these as fields of the event
        for (String name : new String[] { "$set", "$set_once" }) {
            if (json.get(name) != null) {
                properties.putIfAbsent(name, json.get(name));
            }
        }
        return properties;
    }

    private static String distinctId(Map<String, Object> json, Map<String, Object> properties) {
        Object id = json.getOrDefault("distinct_id", properties.get("distinct_id"));
        if (id instanceof Map || id instanceof Iterable || id == null || id.toString().isBlank()) {
            throw new IllegalArgumentException("the field 'distinct_id' is missing; set it to the ID of the person");
        }
        return id.toString();
    }

    private static String text(Map<String, Object> json, String field) {
        Object value = json.get(field);
        if (!(value instanceof String text) || text.isBlank()) {
            throw new IllegalArgumentException("the field '" + field + "' is not a text, or is missing");
        }
        return text;
    }

    private static Instant timestamp(Map<String, Object> json) {
        if (json.get("timestamp") == null) {
            return null;
        }
        try {
            return OffsetDateTime.parse(text(json, "timestamp")).toInstant();
        } catch (DateTimeException e) {
            throw new IllegalArgumentException(
                    "the field 'timestamp' is not a time in ISO 8601 with an offset, such as 2026-01-31T12:00:00Z", e);
        }
    }

    private static UUID uuid(Map<String, Object> json) {
        if (json.get("uuid") == null) {
            return null;
        }
        try {
            return UUID.fromString(text(json, "uuid"));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("the field 'uuid' is not a UUID", e);
        }
    }

    private void logIncomplete(CaptureEvent event) {
        if ((event.uuid() == null || event.timestamp() == null) && incompleteLogged.compareAndSet(false, true)) {
            LOG.warnf(
                    "A message with event '%s' has no UUID or no timestamp, which is added when the message is received; if the "
                            + "broker delivers the message again, PostHog counts it as another event; set 'uuid' and 'timestamp' where "
                            + "the message is sent; this is logged once",
                    event.event());
        }
    }

    @FunctionalInterface
    private interface JsonSource {

        Map<String, Object> read() throws IOException;
    }
}
