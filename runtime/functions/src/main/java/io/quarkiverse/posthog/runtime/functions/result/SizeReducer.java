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
        while (size > maxCharacters && shortenTexts(object, size - maxCharacters)) {
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

    /** An array with several elements, and its characters. */
    private record SizedArray(ArrayNode array, int characters) {
    }

    /**
     * Halves the arrays that are at least half as large as the largest one, so that a few passes are sufficient for any number
     * of arrays. Returns false if no array has several elements.
     */
    private static boolean shortenArrays(ObjectNode object, int excess) {
        List<SizedArray> arrays = new ArrayList<>();
        measure(object, arrays);
        arrays.sort(Comparator.comparingInt(SizedArray::characters).reversed());
        int removed = 0;
        for (SizedArray sized : arrays) {
            if (removed >= excess || sized.characters() < arrays.get(0).characters() / 2) {
                break;
            }
            removed += shorten(sized.array(), excess - removed);
        }
        return !arrays.isEmpty();
    }

    /** Returns the number of characters, and collects the arrays with several elements. */
    private static int measure(JsonNode node, List<SizedArray> arrays) {
        if (!node.isContainerNode()) {
            return size(node);
        }
        int characters = 2 + node.size();
        if (node instanceof ObjectNode object) {
            for (Iterator<Map.Entry<String, JsonNode>> fields = object.fields(); fields.hasNext();) {
                Map.Entry<String, JsonNode> field = fields.next();
                characters += field.getKey().length() + 3 + measure(field.getValue(), arrays);
            }
        } else {
            for (JsonNode child : node) {
                characters += measure(child, arrays);
            }
        }
        if (node instanceof ArrayNode array && array.size() > 1) {
            arrays.add(new SizedArray(array, characters));
        }
        return characters;
    }

    private static int shorten(ArrayNode array, int excess) {
        int removed = 0;
        int keep = Math.max(1, array.size() / 2);
        while (array.size() > keep && removed < excess) {
            removed += size(array.remove(array.size() - 1)) + 1;
        }
        return removed;
    }

    private record Place(ObjectNode parent, String field, String text) {
    }

    /** Halves the texts that are at least half as long as the longest one. Returns false if all texts are short. */
    private static boolean shortenTexts(ObjectNode object, int excess) {
        List<Place> texts = new ArrayList<>();
        collect(object, texts);
        texts.sort(Comparator.comparingInt((Place place) -> place.text().length()).reversed());
        int removed = 0;
        for (Place place : texts) {
            if (removed >= excess || place.text().length() < texts.get(0).text().length() / 2) {
                break;
            }
            String shorter = half(place.text());
            place.parent().set(place.field(), TextNode.valueOf(shorter));
            removed += place.text().length() - shorter.length();
        }
        return !texts.isEmpty();
    }

    private static void collect(JsonNode node, List<Place> texts) {
        if (node instanceof ObjectNode object) {
            for (Iterator<Map.Entry<String, JsonNode>> fields = object.fields(); fields.hasNext();) {
                Map.Entry<String, JsonNode> field = fields.next();
                if (field.getValue().isTextual() && field.getValue().textValue().length() > MIN_TEXT) {
                    texts.add(new Place(object, field.getKey(), field.getValue().textValue()));
                }
            }
        }
        node.forEach(child -> collect(child, texts));
    }

    private static String half(String text) {
        int end = text.length() / 2 - 20;
        if (Character.isHighSurrogate(text.charAt(end - 1))) {
            end--;
        }
        return text.substring(0, end) + "... (shortened)";
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
