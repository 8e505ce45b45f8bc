package io.quarkiverse.posthog.runtime.capture.queue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;

import io.quarkiverse.posthog.CaptureEvent;
import io.quarkiverse.posthog.runtime.capture.event.EventJsonWriter;
import io.quarkiverse.posthog.runtime.capture.event.PropertyNormalizer;
import io.quarkiverse.posthog.runtime.capture.event.QueuedEvent;
import io.quarkiverse.posthog.runtime.capture.spool.SpoolRecord;

/** Writes and reads events on disk, independent of the protocol. */
public final class SpooledEventCodec {

    private static final TypeReference<Map<String, Object>> JSON_OBJECT = new TypeReference<>() {
    };

    private static final String FROM_LISTENER = "from_listener";

    private final ObjectMapper mapper;

    public SpooledEventCodec(ObjectMapper mapper) {
        this.mapper = mapper;
    }

    public byte[] write(QueuedEvent event) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(512);
        try (JsonGenerator json = mapper.getFactory().createGenerator(out)) {
            EventJsonWriter fields = new EventJsonWriter(json);
            json.writeStartObject();
            fields.identity(event.event());
            fields.properties(event.event(), Set.of());
            if (event.fromListener()) {
                json.writeBooleanField(FROM_LISTENER, true);
            }
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }

    /** @throws IOException if the record is not an event */
    public QueuedEvent read(SpoolRecord spooled) throws IOException {
        try {
            // Not by way of a tree, which would make 49.9 of 49.90
            Map<String, Object> fields = mapper.readValue(spooled.payload(), JSON_OBJECT);
            CaptureEvent event = new CaptureEvent((String) fields.get("event"), (String) fields.get("distinct_id"),
                    mapper.convertValue(fields.get("properties"), JSON_OBJECT),
                    Instant.parse((String) fields.get("timestamp")), UUID.fromString((String) fields.get("uuid")));
            return new QueuedEvent(event, PropertyNormalizer.size(event), spooled.sequence(),
                    Boolean.TRUE.equals(fields.get(FROM_LISTENER)));
        } catch (RuntimeException | StackOverflowError e) {
            throw new IOException("Record " + spooled.sequence() + " is no event", e);
        }
    }
}
