package io.quarkiverse.posthog.runtime.capture.event;

import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Supplier;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.ObjectMapper;

import io.quarkiverse.posthog.CaptureEvent;
import io.quarkiverse.posthog.runtime.support.PostHogJsonWriter;

/**
 * Copies the properties of an event to immutable JSON values: texts, numbers, booleans, lists and maps. Values that
 * already have this form, which is the common case, are not copied.
 */
public final class PropertyNormalizer {

    /** PostHog does not look that deep, and what contains itself has no end. */
    private static final int MAX_DEPTH = 100;

    /** The approximate memory of a name and its value, in addition to the characters. */
    private static final int OVERHEAD = 24;

    /** The approximate memory of an event, in addition to its texts and properties. */
    private static final int EVENT_OVERHEAD = 160;

    /** The digits of an integer that is read as such, and not as a decimal. */
    private static final int EXACT_INTEGER = 1_000;

    private final Supplier<ObjectMapper> mapper;

    PropertyNormalizer(Supplier<ObjectMapper> mapper) {
        this.mapper = mapper;
    }

    /** @throws IllegalArgumentException naming the property that can't be written as JSON */
    public CaptureEvent normalize(CaptureEvent event) {
        Normalizer normalizer = new Normalizer(event);
        event.properties().forEach(normalizer);
        return normalizer.changed == null ? event : event.properties(normalizer.changed);
    }

    /** About how many bytes the event takes. */
    public static int size(CaptureEvent event) {
        Scale scale = new Scale();
        event.properties().forEach(scale);
        return scale.size + EVENT_OVERHEAD + event.event().length() + event.distinctId().length();
    }

    /** Finds what is not plain. */
    private final class Normalizer implements BiConsumer<String, Object> {

        private final CaptureEvent event;
        private Map<String, Object> changed;

        Normalizer(CaptureEvent event) {
            this.event = event;
        }

        @Override
        public void accept(String name, Object value) {
            if (isPlain(value) && name != null) {
                return;
            }
            Object frozen = frozen(event, name, value);
            if (frozen != value) {
                changed = changed == null ? new LinkedHashMap<>() : changed;
                changed.put(name, frozen);
            }
        }
    }

    /** Adds up. */
    private static final class Scale implements BiConsumer<String, Object> {

        private int size;

        @Override
        public void accept(String name, Object value) {
            size += name.length() + OVERHEAD + size(value);
        }
    }

    private static int size(Object value) {
        if (value instanceof String text) {
            return text.length();
        }
        // Found out sooner than that it is neither of the others, which are interfaces
        if (value instanceof Number || value instanceof Boolean || value == null) {
            return 0;
        }
        if (value instanceof Map<?, ?> map) {
            int size = OVERHEAD;
            for (Map.Entry<?, ?> entry : map.entrySet()) {
                size += ((String) entry.getKey()).length() + OVERHEAD + size(entry.getValue());
            }
            return size;
        }
        if (value instanceof List<?> list) {
            int size = OVERHEAD;
            for (Object element : list) {
                size += OVERHEAD + size(element);
            }
            return size;
        }
        return 0;
    }

    private static boolean isPlain(Object value) {
        return value == null || value instanceof String || value instanceof Boolean || value instanceof Integer
                || value instanceof Long || value instanceof Double || value instanceof BigDecimal
                || value instanceof Float || value instanceof BigInteger || value instanceof Short || value instanceof Byte;
    }

    private Object frozen(CaptureEvent event, String name, Object value) {
        if (name == null) {
            throw new IllegalArgumentException("A property of event '" + event.event() + "' has no name");
        }
        try {
            return frozen(value, 0);
        } catch (MapperFailure e) {
            throw e.reason;
        } catch (IOException e) {
            String reason = e instanceof JsonProcessingException json ? json.getOriginalMessage() : e.getMessage();
            throw new IllegalArgumentException(unwritable(event, name) + reason, e);
        } catch (RuntimeException e) {
            throw new IllegalArgumentException(unwritable(event, name) + e, e);
        }
    }

    private static String unwritable(CaptureEvent event, String name) {
        return "Property '" + name + "' of event '" + event.event() + "' can't be written as JSON: ";
    }

    private Object frozen(Object value, int depth) throws IOException {
        if (isPlain(value)) {
            return value;
        }
        requireDepth(depth);
        if (value instanceof Map<?, ?> map && map.keySet().stream().allMatch(String.class::isInstance)) {
            Map<String, Object> copy = new LinkedHashMap<>();
            for (Map.Entry<?, ?> entry : map.entrySet()) {
                copy.put((String) entry.getKey(), frozen(entry.getValue(), depth + 1));
            }
            return Collections.unmodifiableMap(copy);
        }
        if (value instanceof Collection<?> collection) {
            List<Object> copy = new ArrayList<>(collection.size());
            for (Object element : collection) {
                copy.add(frozen(element, depth + 1));
            }
            return Collections.unmodifiableList(copy);
        }
        // Anything else is converted by Jackson: written in full, because only that detects a value that contains itself
        try (JsonParser json = Reader.JSON.createParser(PostHogJsonWriter.bytes(mapper(), value))) {
            return json.nextToken() == null ? null : read(json, depth + 1);
        }
    }

    private ObjectMapper mapper() {
        try {
            return mapper.get();
        } catch (RuntimeException e) {
            throw new MapperFailure(e);
        }
    }

    /** Initialized when the first value is converted. */
    private static final class Reader {

        /** Reads back converted values, in which a serializer may have put raw JSON with any number. */
        static final JsonFactory JSON = JsonFactory.builder()
                .streamReadConstraints(StreamReadConstraints.builder().maxNumberLength(Integer.MAX_VALUE).build())
                .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
                .build();
    }

    /** The mapper can't be created, which is not a defect of the event. */
    private static final class MapperFailure extends RuntimeException {

        private static final long serialVersionUID = 1L;

        private final RuntimeException reason;

        MapperFailure(RuntimeException reason) {
            super(reason);
            this.reason = reason;
        }
    }

    /** A value as {@link #frozen} leaves it. */
    private static Object read(JsonParser json, int depth) throws IOException {
        if (json.currentToken().isStructStart()) {
            requireDepth(depth);
        }
        return switch (json.currentToken()) {
            case START_OBJECT -> {
                Map<String, Object> object = new LinkedHashMap<>();
                while (json.nextToken() != JsonToken.END_OBJECT) {
                    String name = json.currentName();
                    json.nextToken();
                    object.put(name, read(json, depth + 1));
                }
                yield Collections.unmodifiableMap(object);
            }
            case START_ARRAY -> {
                List<Object> array = new ArrayList<>();
                while (json.nextToken() != JsonToken.END_ARRAY) {
                    array.add(read(json, depth + 1));
                }
                yield Collections.unmodifiableList(array);
            }
            case VALUE_STRING -> json.getText();
            // An amount of 49.90 stays 49.90
            case VALUE_NUMBER_FLOAT -> json.isNaN() ? null : PostHogJsonWriter.number(json.getText());
            case VALUE_NUMBER_INT -> json.getTextLength() <= EXACT_INTEGER ? json.getNumberValue()
                    : PostHogJsonWriter.number(json.getText());
            case VALUE_TRUE, VALUE_FALSE -> json.getBooleanValue();
            default -> null;
        };
    }

    private static void requireDepth(int depth) throws IOException {
        if (depth >= MAX_DEPTH) {
            throw new JsonMappingException(null, "it is nested more than " + MAX_DEPTH + " levels deep, or contains itself");
        }
    }
}
