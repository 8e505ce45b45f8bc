package io.quarkiverse.posthog.runtime.functions.result;

import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.quarkiverse.posthog.runtime.rest.PostHogObjectMapper;

/** Converts objects of PostHog to rows: selects fields, shortens text, and masks values. */
final class RowWriter {

    static final ObjectMapper MAPPER = PostHogObjectMapper.create();

    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    /** The maximum length of text in compact rows. */
    private static final int MAX_TEXT = 500;

    /** Text beyond the limit that is masked with the rest, so that no masked value is cut in the middle. */
    private static final int MARGIN = 1_024;

    /** The properties that the SDKs of PostHog add for PostHog itself. */
    private static final Pattern INTERNAL = Pattern
            .compile("\\$(set|set_once|unset|feature/.*|active_feature_flags|lib.*|elements.*|groups_identify)");

    private final Masks masks;
    private final boolean full;

    RowWriter(Masks masks, boolean full) {
        this.masks = masks;
        this.full = full;
    }

    ObjectNode row(Object item, RowForm form) {
        ObjectNode tree = MAPPER.valueToTree(item);
        ObjectNode row = NODES.objectNode();
        boolean all = full || form.summary().isEmpty();
        List<String> fields = all ? names(tree) : form.summary();
        for (String field : fields) {
            JsonNode value = tree.path(field);
            boolean always = form.always().contains(field);
            if (value.isMissingNode() && !always) {
                continue;
            }
            boolean personal = form.personal().contains(field) || form.personal().contains("*");
            JsonNode written = value.isMissingNode() ? NODES.nullNode() : written(field, value, personal);
            if (all || always || !isEmpty(written)) {
                row.set(field, written);
            }
        }
        return row;
    }

    private static List<String> names(ObjectNode tree) {
        List<String> names = new java.util.ArrayList<>();
        tree.fieldNames().forEachRemaining(names::add);
        return names;
    }

    private JsonNode written(String name, JsonNode value, boolean personal) {
        if (value instanceof ObjectNode object) {
            ObjectNode copy = NODES.objectNode();
            for (Iterator<Map.Entry<String, JsonNode>> fields = object.fields(); fields.hasNext();) {
                Map.Entry<String, JsonNode> field = fields.next();
                if (!full && name.equals("properties") && INTERNAL.matcher(field.getKey()).matches()) {
                    continue;
                }
                JsonNode child = written(field.getKey(), field.getValue(), personal);
                if (full || !isEmpty(child)) {
                    copy.set(personal ? masks.text("", field.getKey()) : field.getKey(), child);
                }
            }
            return copy;
        }
        if (value instanceof ArrayNode array) {
            ArrayNode copy = NODES.arrayNode(array.size());
            array.forEach(element -> copy.add(written(name, element, personal)));
            return copy;
        }
        if (value.isTextual()) {
            return NODES.textNode(text(name, value.textValue(), personal));
        }
        return personal && value.isNumber() && masks.isPersonal(name) ? NODES.textNode(masks.value(name)) : value;
    }

    private String text(String name, String text, boolean personal) {
        boolean cut = !full && text.length() > MAX_TEXT;
        String considered = cut ? text.substring(0, Math.min(text.length(), MAX_TEXT + MARGIN)) : text;
        String masked = personal ? masks.text(name, considered) : masks.keys(considered);
        return cut ? cut(masked, text.length()) : masked;
    }

    /** Cuts a text, but not in the middle of a character. */
    static String cut(String text, int length) {
        int end = Math.min(MAX_TEXT, text.length());
        if (end > 0 && Character.isHighSurrogate(text.charAt(end - 1))) {
            end--;
        }
        return text.substring(0, end) + "... (" + length + " characters)";
    }

    private static boolean isEmpty(JsonNode value) {
        return value.isNull() || value.isContainerNode() && value.isEmpty() || value.isTextual() && value.textValue().isEmpty();
    }
}
