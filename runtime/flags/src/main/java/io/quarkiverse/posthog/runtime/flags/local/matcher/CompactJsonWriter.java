package io.quarkiverse.posthog.runtime.flags.local.matcher;

import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;

import com.fasterxml.jackson.databind.JsonNode;

/** Writes lists and objects as compact JSON with sorted members, like PostHog. */
final class CompactJsonWriter {

    /** PostHog rejects JSON that is nested more deeply. */
    private static final int MAX_DEPTH = 128;
    private static final int MAX_LENGTH = 10_000_000;
    private static final char FIRST_PRINTABLE = ' ';
    private static final String HEX = "0123456789abcdef";

    private final StringBuilder json = new StringBuilder();

    /** @return {@code null} if the value has no JSON, or PostHog may write it differently */
    String write(Object value) {
        return write(value, 0) ? json.toString() : null;
    }

    private boolean write(Object value, int depth) {
        if (depth >= MAX_DEPTH || json.length() > MAX_LENGTH) {
            return false;
        }
        if (value instanceof JsonNode node) {
            return write(node, depth);
        }
        if (value == null || value instanceof Boolean) {
            json.append(value);
            return true;
        }
        if (value instanceof Number number) {
            return number(number);
        }
        if (value instanceof Collection<?> elements) {
            return array(elements, depth);
        }
        if (value instanceof Map<?, ?> members) {
            return object(members, depth);
        }
        String text = PropertyStringifier.text(value);
        return text != null && string(text);
    }

    private boolean write(JsonNode node, int depth) {
        if (node.isTextual()) {
            return string(node.textValue());
        }
        if (node.isNumber()) {
            return number(node.numberValue());
        }
        if (node.isArray()) {
            return array(node, depth);
        }
        if (node.isObject()) {
            Map<String, JsonNode> members = new TreeMap<>(CodePoints::compare);
            node.properties().forEach(member -> members.put(member.getKey(), member.getValue()));
            return sorted(members, depth);
        }
        boolean known = node.isBoolean() || node.isNull();
        json.append(known ? node.asText() : "");
        return known;
    }

    private boolean number(Number number) {
        String text = PropertyStringifier.number(number);
        json.append(text);
        return text != null;
    }

    private boolean array(Iterable<?> elements, int depth) {
        json.append('[');
        boolean first = true;
        for (Object element : elements) {
            if (!first) {
                json.append(',');
            }
            first = false;
            if (!write(element, depth + 1)) {
                return false;
            }
        }
        json.append(']');
        return true;
    }

    private boolean object(Map<?, ?> members, int depth) {
        Map<String, Object> sorted = new TreeMap<>(CodePoints::compare);
        for (Map.Entry<?, ?> member : members.entrySet()) {
            if (!(member.getKey() instanceof String name)) {
                return false;
            }
            sorted.put(name, member.getValue());
        }
        return sorted(sorted, depth);
    }

    private boolean sorted(Map<String, ?> members, int depth) {
        json.append('{');
        boolean first = true;
        for (Map.Entry<String, ?> member : members.entrySet()) {
            if (!first) {
                json.append(',');
            }
            first = false;
            string(member.getKey());
            json.append(':');
            if (!write(member.getValue(), depth + 1)) {
                return false;
            }
        }
        json.append('}');
        return true;
    }

    private boolean string(String text) {
        json.append('"');
        for (int i = 0; i < text.length(); i++) {
            character(text.charAt(i));
        }
        json.append('"');
        return true;
    }

    private void character(char c) {
        switch (c) {
            case '"', '\\' -> json.append('\\').append(c);
            case '\b' -> json.append("\\b");
            case '\f' -> json.append("\\f");
            case '\n' -> json.append("\\n");
            case '\r' -> json.append("\\r");
            case '\t' -> json.append("\\t");
            default -> {
                if (c < FIRST_PRINTABLE) {
                    json.append("\\u00").append(HEX.charAt(c >> 4)).append(HEX.charAt(c & 0xF));
                } else {
                    json.append(c);
                }
            }
        }
    }
}
