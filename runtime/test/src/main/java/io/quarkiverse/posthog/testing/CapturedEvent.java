package io.quarkiverse.posthog.testing;

import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.UUID;

import com.fasterxml.jackson.databind.JsonNode;

import io.quarkiverse.posthog.testing.runtime.JsonValues;

/**
 * An event that the application has sent, as the emulator received it.
 *
 * @param uuid the UUID
 * @param event the name
 * @param distinctId the distinct ID
 * @param timestamp the timestamp
 * @param properties the properties, including the properties that the extension added, as JSON values: texts, numbers ({@code
 * Integer}, {@code Long}, {@code BigDecimal}), booleans, lists, maps and null
 * @param endpoint the path of the request, such as {@code /batch}
 */
public record CapturedEvent(UUID uuid, String event, String distinctId, Instant timestamp,
        Map<String, Object> properties, String endpoint) {

    private static final String EXPOSURE = "$feature_flag_called";

    public CapturedEvent {
        properties = Collections.unmodifiableMap(new LinkedHashMap<>(properties));
    }

    static CapturedEvent of(JsonNode json) {
        return new CapturedEvent(UUID.fromString(json.get("uuid").asText()), json.get("event").asText(),
                json.get("distinct_id").asText(), Instant.parse(json.get("timestamp").asText()),
                JsonValues.map(json.get("properties")), json.at("/delivery/endpoint").asText());
    }

    /** Returns the value of a property; null if it is null or missing. */
    public Object property(String name) {
        return properties.get(name);
    }

    /** Returns the person properties that the event sets ({@code $set}); empty if there are none. */
    public Map<String, Object> set() {
        return map("$set");
    }

    /**
     * Returns the person properties that the event sets if they are not set yet ({@code $set_once}); empty if there are
     * none.
     */
    public Map<String, Object> setOnce() {
        return map("$set_once");
    }

    /** Returns the group keys by group type ({@code $groups}); empty if there are none. */
    public Map<String, Object> groups() {
        return map("$groups");
    }

    private Map<String, Object> map(String property) {
        Map<String, Object> map = new TreeMap<>();
        if (property(property) instanceof Map<?, ?> values) {
            values.forEach((key, value) -> map.put((String) key, value));
        }
        return Collections.unmodifiableMap(map);
    }

    /** Returns whether the event records an exposure to a flag ({@code $feature_flag_called}). */
    public boolean isExposure() {
        return event.equals(EXPOSURE);
    }

    boolean has(String property, Object value) {
        return properties.containsKey(property) && JsonValues.same(property(property), value);
    }

    boolean isInGroup(String type, String key) {
        return Objects.equals(groups().get(type), key);
    }

    /** Omits the properties that the extension adds to every event. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder(event).append(" of '").append(distinctId).append('\'');
        Map<String, Object> telling = new TreeMap<>(properties);
        telling.keySet().removeIf(this::tellsNothing);
        if (!telling.isEmpty()) {
            text.append(' ').append(JsonValues.text(telling));
        }
        return text.toString();
    }

    private boolean tellsNothing(String property) {
        return property.startsWith("$") && !property.startsWith("$set") && !property.equals("$groups")
                && !(isExposure() && property.matches("\\$feature_flag(_response)?"));
    }
}
