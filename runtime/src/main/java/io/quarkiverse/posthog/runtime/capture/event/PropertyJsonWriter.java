package io.quarkiverse.posthog.runtime.capture.event;

import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.core.JsonGenerator;

import io.quarkiverse.posthog.runtime.support.PostHogJsonWriter;

/** Writes property values that {@link PropertyNormalizer} has normalized. */
final class PropertyJsonWriter {

    private PropertyJsonWriter() {
    }

    static void write(Object value, JsonGenerator json) throws IOException {
        if (value instanceof String text) {
            json.writeString(PostHogJsonWriter.wellFormed(text));
        } else if (value instanceof Number number) {
            write(number, json);
        } else if (value instanceof Boolean bool) {
            json.writeBoolean(bool);
        } else if (value instanceof Map<?, ?> map) {
            json.writeStartObject();
            for (Map.Entry<?, ?> entry : map.entrySet()) {
                json.writeFieldName(PostHogJsonWriter.wellFormed((String) entry.getKey()));
                write(entry.getValue(), json);
            }
            json.writeEndObject();
        } else if (value instanceof List<?> list) {
            json.writeStartArray();
            for (Object element : list) {
                write(element, json);
            }
            json.writeEndArray();
        } else {
            json.writeNull();
        }
    }

    private static void write(Number number, JsonGenerator json) throws IOException {
        if (number instanceof Integer || number instanceof Long || number instanceof Short || number instanceof Byte) {
            json.writeNumber(number.longValue());
        } else if (number instanceof Double) {
            PostHogJsonWriter.write(number.doubleValue(), json);
        } else if (number instanceof Float) {
            PostHogJsonWriter.write(number.floatValue(), json);
        } else if (number instanceof BigDecimal decimal) {
            PostHogJsonWriter.write(decimal, json);
        } else {
            PostHogJsonWriter.write((BigInteger) number, json);
        }
    }
}
