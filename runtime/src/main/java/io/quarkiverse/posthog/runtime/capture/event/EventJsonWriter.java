package io.quarkiverse.posthog.runtime.capture.event;

import java.io.IOException;
import java.util.Map;
import java.util.Set;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.io.SerializedString;

import io.quarkiverse.posthog.CaptureEvent;
import io.quarkiverse.posthog.runtime.support.PostHogJsonWriter;

/** Writes events as JSON, with their IDs and properties. Not thread-safe. */
public final class EventJsonWriter {

    private static final SerializedString EVENT = new SerializedString("event");
    private static final SerializedString DISTINCT_ID = new SerializedString("distinct_id");
    private static final SerializedString UUID = new SerializedString("uuid");
    private static final SerializedString TIMESTAMP = new SerializedString("timestamp");
    private static final SerializedString PROPERTIES = new SerializedString("properties");

    private final JsonGenerator json;
    private final InstantFormatter timestamps = new InstantFormatter();

    public EventJsonWriter(JsonGenerator json) {
        this.json = json.setCharacterEscapes(PostHogJsonWriter.ESCAPES);
    }

    public void write(CaptureEvent event) throws IOException {
        json.writeStartObject();
        identity(event);
        properties(event, Set.of());
        json.writeEndObject();
    }

    /** What identifies the event, into an object that is open. */
    public void identity(CaptureEvent event) throws IOException {
        json.writeFieldName(EVENT);
        json.writeString(PostHogJsonWriter.wellFormed(event.event()));
        json.writeFieldName(DISTINCT_ID);
        json.writeString(PostHogJsonWriter.wellFormed(event.distinctId()));
        json.writeFieldName(UUID);
        json.writeString(event.uuid().toString());
        json.writeFieldName(TIMESTAMP);
        json.writeString(timestamps.format(event.timestamp()));
    }

    /** All properties but those that are said elsewhere, into an object that is open. */
    public void properties(CaptureEvent event, Set<String> elsewhere) throws IOException {
        json.writeFieldName(PROPERTIES);
        json.writeStartObject();
        for (Map.Entry<String, Object> property : event.properties().entrySet()) {
            if (elsewhere.isEmpty() || !elsewhere.contains(property.getKey())) {
                json.writeFieldName(PostHogJsonWriter.wellFormed(property.getKey()));
                PropertyJsonWriter.write(property.getValue(), json);
            }
        }
        json.writeEndObject();
    }
}
