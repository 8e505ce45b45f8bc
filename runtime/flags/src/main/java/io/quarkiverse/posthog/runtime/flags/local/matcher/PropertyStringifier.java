package io.quarkiverse.posthog.runtime.flags.local.matcher;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Collection;
import java.util.Locale;
import java.util.UUID;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.TextNode;

/** Converts a value to the text with which PostHog compares it: its JSON form without quotation marks. */
public final class PropertyStringifier {

    private static final int MAX_DEPTH = 16;

    /** The maximum size of a number. Larger numbers are outside the range of a double. */
    private static final int MAX_DIGITS = 400;
    private static final int MAX_BITS = 1_400;

    private PropertyStringifier() {
    }

    /** @return {@code null} if PostHog may use another text */
    static String of(Object value) {
        if (value instanceof CharSequence || value instanceof Boolean || value instanceof Integer || value instanceof Long
                || value instanceof Short || value instanceof Byte || value instanceof Character
                || value instanceof UUID || value instanceof Instant || value instanceof LocalDate) {
            return value.toString();
        }
        if (value instanceof Number number) {
            return of(number);
        }
        if (value instanceof Enum<?> constant) {
            return constant.name();
        }
        if (value instanceof JsonNode node) {
            return of(node);
        }
        if (value instanceof Collection<?> elements) {
            ArrayNode array = array(elements, 0);
            return array == null ? null : array.toString();
        }
        return null;
    }

    /** Converts the value of a filter. */
    public static String of(JsonNode node) {
        if (node.isFloatingPointNumber()) {
            return floating(node.doubleValue());
        }
        // PostHog may order the members of an object differently
        return node.isObject() ? null : node.isValueNode() ? node.asText() : node.toString();
    }

    private static String of(Number number) {
        if (number instanceof BigInteger integer) {
            return integer.bitLength() > MAX_BITS ? null : integer.toString();
        }
        if (number instanceof BigDecimal decimal && decimal.scale() <= 0) {
            // 1e1000000000 is short, but has a billion digits as an integer
            return (long) decimal.precision() - decimal.scale() > MAX_DIGITS ? null : decimal.toBigInteger().toString();
        }
        return number instanceof Float ? floating(Double.parseDouble(number.toString())) : floating(number.doubleValue());
    }

    /** Formats 1.0 as 1.0, as in JSON. */
    private static String floating(double value) {
        if (Double.isNaN(value) || Double.isInfinite(value)) {
            return null;
        }
        double size = Math.abs(value);
        if (size == 0 || size >= 1e-5 && size < 1e16) {
            String plain = new BigDecimal(Double.toString(value)).toPlainString();
            return plain.indexOf('.') < 0 ? plain + ".0" : plain;
        }
        return Double.toString(value).replace(".0E", "e").toLowerCase(Locale.ROOT);
    }

    private static ArrayNode array(Collection<?> elements, int depth) {
        ArrayNode array = JsonNodeFactory.instance.arrayNode(elements.size());
        for (Object element : elements) {
            if (element == null) {
                array.addNull();
            } else if (element instanceof Boolean bool) {
                array.add(bool);
            } else if (element instanceof Integer || element instanceof Long) {
                array.add(((Number) element).longValue());
            } else if (element instanceof CharSequence || element instanceof Enum<?> || element instanceof UUID) {
                array.add(TextNode.valueOf(of(element)));
            } else if (element instanceof Collection<?> nested && depth < MAX_DEPTH) {
                ArrayNode inner = array(nested, depth + 1);
                if (inner == null) {
                    return null;
                }
                array.add(inner);
            } else {
                return null;
            }
        }
        return array;
    }
}
