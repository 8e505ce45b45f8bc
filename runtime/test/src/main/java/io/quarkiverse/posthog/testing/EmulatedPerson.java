package io.quarkiverse.posthog.testing;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import com.fasterxml.jackson.databind.JsonNode;

import io.quarkiverse.posthog.testing.runtime.JsonValues;

/**
 * A person in the emulator.
 *
 * @param uuid the UUID
 * @param distinctIds all distinct IDs, in the order in which they were added
 * @param properties the person properties, as JSON values
 * @param identified whether the person was identified, by {@code identify} or {@code alias}
 */
public record EmulatedPerson(UUID uuid, List<String> distinctIds, Map<String, Object> properties,
        boolean identified) {

    public EmulatedPerson {
        distinctIds = List.copyOf(distinctIds);
        properties = Collections.unmodifiableMap(new LinkedHashMap<>(properties));
    }

    static EmulatedPerson of(JsonNode json) {
        return new EmulatedPerson(UUID.fromString(json.get("uuid").asText()),
                json.get("distinct_ids").valueStream().map(JsonNode::asText).toList(),
                JsonValues.map(json.get("properties")), json.get("is_identified").asBoolean());
    }

    /** Returns the value of a property; null if it is null or missing. */
    public Object property(String name) {
        return properties.get(name);
    }
}
