package io.quarkiverse.posthog.runtime.capture;

import java.io.IOException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.ObjectMapper;

import io.quarkiverse.posthog.CaptureEvent;
import io.quarkiverse.posthog.runtime.rest.IngestionApi.BatchEvent;

/** Turns events into what is sent, with everything fixed that must stay the same when it is sent again. */
public final class EventEncoder {

    private static final String LIBRARY = "quarkus-posthog";

    private static final TypeReference<Map<String, Object>> JSON_OBJECT = new TypeReference<>() {
    };

    private final ObjectMapper mapper;
    private final String version;

    public EventEncoder(ObjectMapper mapper, String version) {
        this.mapper = mapper;
        this.version = version;
    }

    /** @throws IllegalArgumentException when the event can't be sent, saying why */
    public BatchEvent encode(CaptureEvent event) {
        if (event.event() == null || event.event().isBlank()) {
            throw new IllegalArgumentException("The name of an event must not be blank");
        }
        if (event.distinctId() == null || event.distinctId().isBlank()) {
            throw new IllegalArgumentException("Event '" + event.event() + "' has a blank distinct id");
        }
        UUID uuid = event.uuid() == null ? UuidV7.next() : event.uuid();
        Instant timestamp = event.timestamp() == null ? Instant.now() : event.timestamp();
        return new BatchEvent(event.event(), event.distinctId(), uuid.toString(), timestamp.toString(), properties(event));
    }

    private Map<String, Object> properties(CaptureEvent event) {
        Map<String, Object> properties;
        try {
            // A deep copy: what the caller changes later does not matter any more. Written in full, since only a real
            // document notices what contains itself
            properties = new LinkedHashMap<>(mapper.readValue(mapper.writeValueAsBytes(event.properties()), JSON_OBJECT));
        } catch (IOException e) {
            throw new IllegalArgumentException(unwritable(event, e), e);
        }
        properties.put("$lib", LIBRARY);
        properties.put("$lib_version", version);
        properties.put("$is_server", true);
        return properties;
    }

    private static String unwritable(CaptureEvent event, IOException failure) {
        boolean named = failure instanceof JsonMappingException mapping && !mapping.getPath().isEmpty();
        String what = named ? "Property '" + ((JsonMappingException) failure).getPath().get(0).getFieldName() + "'"
                : "The properties";
        String reason = failure instanceof JsonProcessingException json ? json.getOriginalMessage() : failure.getMessage();
        return what + " of event '" + event.event() + "' can't be written as JSON: " + reason;
    }
}
