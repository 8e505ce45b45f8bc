package io.quarkiverse.posthog.runtime.flags.local.matcher;

import java.util.Collection;
import java.util.Locale;
import java.util.Map;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * Compares whether a value is true. The operators {@code exact} and {@code is_not} do so for a filter value that consists of
 * booleans only. All values except true, the text "true", and lists of these, are false.
 *
 * @param truth the truth of the filter value
 * @param equal the result for a value with the same truth
 */
record TruthMatcher(boolean truth, Match equal) implements PropertyMatcher {

    /** Lists are not nested more deeply in PostHog, which rejects such JSON. */
    private static final int MAX_DEPTH = 128;

    @Override
    public Match match(Object value, MatchContext context) {
        Match isTrue = isTrue(value, 0);
        return isTrue == Match.UNKNOWN ? isTrue : (isTrue == Match.YES) == truth ? equal : equal.not();
    }

    /** Returns whether a filter value is a boolean, the text of a boolean, or a list of these, which can be empty. */
    static boolean isBoolean(JsonNode value, int depth) {
        if (!value.isArray()) {
            return value.isBoolean() || value.isTextual() && (isText(value.textValue(), "true")
                    || isText(value.textValue(), "false"));
        }
        for (JsonNode element : value) {
            if (depth >= MAX_DEPTH || !isBoolean(element, depth + 1)) {
                return false;
            }
        }
        return true;
    }

    /** @return {@link Match#UNKNOWN} if the JSON of the value is unknown */
    static Match isTrue(Object value, int depth) {
        if (value instanceof Boolean bool) {
            return Match.of(bool);
        }
        if (value instanceof JsonNode node) {
            return node.isArray() ? allTrue(node, depth)
                    : Match.of(node.booleanValue() || node.isTextual() && isText(node.textValue(), "true"));
        }
        if (value instanceof Collection<?> elements) {
            return allTrue(elements, depth);
        }
        if (value == null || value instanceof Number || value instanceof Map) {
            return Match.NO;
        }
        String text = PropertyStringifier.text(value);
        return text == null ? Match.UNKNOWN : Match.of(isText(text, "true"));
    }

    private static Match allTrue(Iterable<?> elements, int depth) {
        if (depth >= MAX_DEPTH) {
            return Match.UNKNOWN;
        }
        Match all = Match.YES;
        for (Object element : elements) {
            Match isTrue = isTrue(element, depth + 1);
            if (isTrue == Match.NO) {
                return isTrue;
            }
            all = isTrue == Match.UNKNOWN ? isTrue : all;
        }
        return all;
    }

    private static boolean isText(String text, String expected) {
        // Both texts consist of letters to which no other letter is converted
        return text.length() == expected.length() && text.toLowerCase(Locale.ROOT).equals(expected);
    }
}
