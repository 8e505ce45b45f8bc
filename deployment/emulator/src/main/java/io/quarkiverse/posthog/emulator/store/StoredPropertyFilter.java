package io.quarkiverse.posthog.emulator.store;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.DoublePredicate;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;

/** A property filter that selects stored events and persons. Flag conditions use the matchers of the evaluator instead. */
public record StoredPropertyFilter(String key, String type, String operator, JsonNode value, boolean negation) {

    /** Reads a leaf; an absent operator means {@code exact}. */
    public static StoredPropertyFilter of(JsonNode leaf) {
        if (!leaf.isObject() || !leaf.hasNonNull("key")) {
            throw new IllegalArgumentException("a property filter needs a key");
        }
        return new StoredPropertyFilter(leaf.get("key").asText(), leaf.path("type").asText("event"),
                leaf.hasNonNull("operator") ? leaf.get("operator").asText() : "exact",
                leaf.has("value") ? leaf.get("value") : JsonNodeFactory.instance.nullNode(),
                leaf.path("negation").asBoolean(false));
    }

    /**
     * Reads a list of leaves, all of which have to match. A group object is flattened, as PostHog does, and an object
     * without {@code values} is the old short form {@code {"key": value}}.
     */
    public static List<StoredPropertyFilter> list(JsonNode filters) {
        List<StoredPropertyFilter> leaves = new ArrayList<>();
        collect(filters, leaves);
        return leaves;
    }

    private static void collect(JsonNode node, List<StoredPropertyFilter> leaves) {
        if (node.isArray()) {
            node.forEach(child -> collect(child, leaves));
        } else if (node.path("values").isArray()) {
            collect(node.get("values"), leaves);
        } else if (node.isObject() && node.has("key")) {
            leaves.add(of(node));
        } else if (node.isObject()) {
            node.properties().forEach(entry -> {
                String[] parts = entry.getKey().split("__", 2);
                leaves.add(new StoredPropertyFilter(parts[0], "event", parts.length == 2 ? parts[1] : "exact",
                        entry.getValue(), false));
            });
        } else {
            throw new IllegalArgumentException("not a property filter: " + node);
        }
    }

    /** Whether the properties of an event or a person match. */
    public boolean matches(JsonNode properties) {
        return negation != matchesOperator(properties.path(key));
    }

    private boolean matchesOperator(JsonNode actual) {
        boolean set = !actual.isMissingNode() && !actual.isNull();
        return switch (operator) {
            case "exact" -> set && any(expected -> text(actual).equals(expected));
            case "is_not" -> !set || !any(expected -> text(actual).equals(expected));
            case "icontains" -> set && any(expected -> containsIgnoringCase(text(actual), expected));
            case "not_icontains" -> !set || !any(expected -> containsIgnoringCase(text(actual), expected));
            case "regex" -> set && any(expected -> finds(expected, text(actual)));
            case "not_regex" -> !set || !any(expected -> finds(expected, text(actual)));
            case "gt" -> compares(actual, order -> order > 0);
            case "gte", "min" -> compares(actual, order -> order >= 0);
            case "lt" -> compares(actual, order -> order < 0);
            case "lte", "max" -> compares(actual, order -> order <= 0);
            case "is_set" -> set;
            case "is_not_set" -> !set;
            default -> throw new IllegalArgumentException("unsupported operator: " + operator);
        };
    }

    private boolean any(Predicate<String> condition) {
        if (!value.isArray()) {
            return condition.test(text(value));
        }
        for (JsonNode element : value) {
            if (condition.test(text(element))) {
                return true;
            }
        }
        return false;
    }

    private boolean compares(JsonNode actual, DoublePredicate order) {
        try {
            JsonNode bound = value.isArray() && !value.isEmpty() ? value.get(0) : value;
            return order.test(Double.compare(Double.parseDouble(text(actual)), Double.parseDouble(text(bound))));
        } catch (NumberFormatException e) {
            return false;
        }
    }

    private static boolean containsIgnoringCase(String actual, String expected) {
        return actual.toLowerCase(Locale.ROOT).contains(expected.toLowerCase(Locale.ROOT));
    }

    private static boolean finds(String regex, String actual) {
        try {
            return Pattern.compile(regex).matcher(actual).find();
        } catch (PatternSyntaxException e) {
            return false;
        }
    }

    /** Property values are compared as text, like the JSON column they live in. */
    private static String text(JsonNode node) {
        if (node.isNumber() && node.doubleValue() == Math.rint(node.doubleValue()) && node.canConvertToLong()) {
            return Long.toString(node.longValue());
        }
        return node.isValueNode() ? node.asText() : node.toString();
    }
}
