package io.quarkiverse.posthog.runtime.functions.result;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;

/**
 * Makes an object smaller, without invalid JSON: removes elements from the end of its longest arrays, then shortens its
 * longest texts, and finally removes its largest fields.
 */
final class SizeReducer {

    private static final int MIN_TEXT = 200;

    private SizeReducer() {
    }

    /** Reduces the object. Returns whether it was changed. */
    static boolean reduce(ObjectNode object, int maxCharacters) {
        int size = size(object);
        if (size <= maxCharacters) {
            return false;
        }
        while (size > maxCharacters && shortenArrays(object, size - maxCharacters)) {
            size = size(object);
        }
        while (size > maxCharacters && shortenTexts(object)) {
            size = size(object);
        }
        while (size > maxCharacters && !object.isEmpty()) {
            object.remove(largestField(object));
            size = size(object);
        }
        return true;
    }

    static int size(JsonNode node) {
        return node.toString().length();
    }

    /** Removes elements from the largest array with several elements. Returns false if there is none. */
    private static boolean shortenArrays(ObjectNode object, int excess) {
        List<ArrayNode> arrays = new ArrayList<>();
        collect(object, arrays);
        ArrayNode largest = arrays.stream().filter(array -> array.size() > 1)
                .max(Comparator.comparingInt(SizeReducer::size)).orElse(null);
        if (largest == null) {
            return false;
        }
        int removed = 0;
        int keep = Math.max(1, largest.size() / 2);
        while (largest.size() > keep && removed < excess) {
            removed += size(largest.remove(largest.size() - 1)) + 1;
        }
        return true;
    }

    private static void collect(JsonNode node, List<ArrayNode> arrays) {
        if (node instanceof ArrayNode array) {
            arrays.add(array);
        }
        node.forEach(child -> collect(child, arrays));
    }

    /** Halves the longest text. Returns false if all texts are short. */
    private static boolean shortenTexts(ObjectNode object) {
        Place longest = longest(object, null);
        if (longest == null || longest.text().length() <= MIN_TEXT) {
            return false;
        }
        String text = longest.text();
        int end = text.length() / 2 - 20;
        if (Character.isHighSurrogate(text.charAt(end - 1))) {
            end--;
        }
        longest.parent().set(longest.field(), TextNode.valueOf(text.substring(0, end) + "... (shortened)"));
        return true;
    }

    private record Place(ObjectNode parent, String field, String text) {
    }

    private static Place longest(JsonNode node, Place before) {
        Place longest = before;
        if (node instanceof ObjectNode object) {
            for (Iterator<Map.Entry<String, JsonNode>> fields = object.fields(); fields.hasNext();) {
                Map.Entry<String, JsonNode> field = fields.next();
                if (!field.getValue().isTextual()) {
                    longest = longest(field.getValue(), longest);
                } else if (longest == null || field.getValue().textValue().length() > longest.text().length()) {
                    longest = new Place(object, field.getKey(), field.getValue().textValue());
                }
            }
        } else {
            for (JsonNode child : node) {
                longest = longest(child, longest);
            }
        }
        return longest;
    }

    private static String largestField(ObjectNode object) {
        String largest = null;
        int size = -1;
        for (Iterator<Map.Entry<String, JsonNode>> fields = object.fields(); fields.hasNext();) {
            Map.Entry<String, JsonNode> field = fields.next();
            int length = field.getKey().length() + size(field.getValue());
            if (length > size) {
                size = length;
                largest = field.getKey();
            }
        }
        return largest;
    }
}
