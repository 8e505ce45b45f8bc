package io.quarkiverse.posthog.emulator.capture.v1;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;

import io.quarkiverse.posthog.emulator.http.EmulatorJson;

/** The options of an event, which correspond to properties in version 0. */
final class EventOptions {

    private static final String DISABLE_SKEW_CORRECTION = "disable_skew_correction";
    private static final String PRODUCT_TOUR_ID = "product_tour_id";
    private static final Map<String, String> PROPERTIES = Map.of("cookieless_mode", "$cookieless_mode",
            DISABLE_SKEW_CORRECTION, "$ignore_sent_at", "process_person_profile", "$process_person_profile",
            PRODUCT_TOUR_ID, "$product_tour_id");

    private final ObjectNode values;

    private EventOptions(ObjectNode values) {
        this.values = values;
    }

    /** Reads options, of which unknown ones are ignored; nothing if a value has another type than it should. */
    static Optional<EventOptions> read(JsonNode options) {
        if (options.isMissingNode() || options.isNull()) {
            return Optional.of(new EventOptions(EmulatorJson.object()));
        }
        if (!options.isObject()) {
            return Optional.empty();
        }
        ObjectNode values = EmulatorJson.object();
        for (String name : PROPERTIES.keySet()) {
            Function<JsonNode, Optional<JsonNode>> type = name.equals(PRODUCT_TOUR_ID) ? EventOptions::text
                    : EventOptions::bool;
            if (options.hasNonNull(name)) {
                Optional<JsonNode> value = type.apply(options.get(name));
                if (value.isEmpty()) {
                    return Optional.empty();
                }
                values.set(name, value.get());
            }
        }
        return Optional.of(new EventOptions(values));
    }

    private static Optional<JsonNode> bool(JsonNode node) {
        return switch (node.getNodeType()) {
            case BOOLEAN -> Optional.of(node);
            case NUMBER -> Optional.of(BooleanNode.valueOf(node.doubleValue() != 0));
            case STRING -> switch (node.textValue().trim().toLowerCase(Locale.ROOT)) {
                case "true", "1" -> Optional.of(BooleanNode.TRUE);
                case "false", "0" -> Optional.of(BooleanNode.FALSE);
                default -> Optional.empty();
            };
            default -> Optional.empty();
        };
    }

    private static Optional<JsonNode> text(JsonNode node) {
        return node.isTextual() ? Optional.of(node)
                : Optional.of(node).filter(JsonNode::isIntegralNumber).map(number -> TextNode.valueOf(number.asText()));
    }

    boolean disableSkewCorrection() {
        return values.path(DISABLE_SKEW_CORRECTION).booleanValue();
    }

    void addTo(ObjectNode properties) {
        values.properties().forEach(option -> properties.set(PROPERTIES.get(option.getKey()), option.getValue()));
    }
}
