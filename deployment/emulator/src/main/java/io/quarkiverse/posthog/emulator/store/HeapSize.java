package io.quarkiverse.posthog.emulator.store;

import java.util.Map;

import com.fasterxml.jackson.databind.JsonNode;

/** Estimates the memory that stored data takes, in bytes. */
public final class HeapSize {

    /** A string with its array, a number or an object without its fields. */
    static final int OBJECT = 48;
    /** An entry of a map or a list, with its share of the table. */
    static final int ENTRY = 48;

    private HeapSize() {
    }

    /** @param text {@code null} takes nothing */
    public static long of(String text) {
        if (text == null) {
            return 0;
        }
        boolean latin1 = text.chars().allMatch(c -> c < 256);
        return OBJECT + (latin1 ? 1L : 2L) * text.length();
    }

    /** The depth of the JSON is limited where it is read. */
    public static long of(JsonNode node) {
        if (node.isTextual()) {
            return of(node.textValue());
        }
        long size = OBJECT;
        for (Map.Entry<String, JsonNode> field : node.properties()) {
            size += ENTRY + of(field.getKey()) + of(field.getValue());
        }
        if (node.isArray()) {
            for (JsonNode element : node) {
                size += ENTRY + of(element);
            }
        }
        return size;
    }
}
