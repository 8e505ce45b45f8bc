package io.quarkiverse.posthog.emulator.api;

import java.util.regex.Pattern;

import com.fasterxml.jackson.databind.JsonNode;

/** Detects the type that PostHog assigns to a property when it receives the first value. */
final class PropertyTypeDetector {

    private static final Pattern DATE = Pattern.compile("\\d{4}-\\d{2}-\\d{2}([T ]\\d{2}:\\d{2}(:\\d{2}(\\.\\d+)?)?"
            + "(Z|[+-]\\d{2}:?\\d{2})?)?");

    private PropertyTypeDetector() {
    }

    /** Returns the type; null for a list, an object and null, which have none. */
    static String detect(JsonNode value) {
        if (value.isNumber()) {
            return "Numeric";
        }
        if (value.isBoolean()) {
            return "Boolean";
        }
        if (!value.isTextual()) {
            return null;
        }
        String text = value.asText().strip();
        if (text.equalsIgnoreCase("true") || text.equalsIgnoreCase("false")) {
            return "Boolean";
        }
        return DATE.matcher(text).matches() ? "DateTime" : "String";
    }
}
