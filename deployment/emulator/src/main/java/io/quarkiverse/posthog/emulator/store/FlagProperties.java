package io.quarkiverse.posthog.emulator.store;

import java.util.stream.Stream;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** The property filters of a flag. */
public final class FlagProperties {

    private FlagProperties() {
    }

    /** The properties of all conditions, to be read or changed. */
    public static Stream<ObjectNode> of(JsonNode filters) {
        return filters.path("groups").valueStream().flatMap(group -> group.path("properties").valueStream())
                .filter(JsonNode::isObject).map(ObjectNode.class::cast);
    }

    /** Returns the conditions of one type, such as {@code cohort} or {@code flag}. */
    public static Stream<ObjectNode> of(JsonNode filters, String type) {
        return of(filters).filter(property -> property.path("type").asText().equals(type));
    }
}
