package io.quarkiverse.posthog.emulator.hogql;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;

import io.quarkiverse.posthog.emulator.http.TimestampFormats;

/** The values that expressions have: text, numbers, booleans, times, uuids, lists, JSON objects and null. */
final class Values {

    private Values() {
    }

    static Object of(JsonNode node) {
        if (node.isMissingNode() || node.isNull()) {
            return null;
        } else if (node.isTextual()) {
            return node.textValue();
        } else if (node.isIntegralNumber() && node.canConvertToLong()) {
            return node.longValue();
        } else if (node.isNumber()) {
            return node.doubleValue();
        } else if (node.isBoolean()) {
            return node.booleanValue();
        } else if (node.isArray()) {
            List<Object> list = new ArrayList<>();
            node.forEach(element -> list.add(of(element)));
            return list;
        }
        return node;
    }

    /** As a cell of the result. */
    static JsonNode toJson(Object value) {
        JsonNodeFactory json = JsonNodeFactory.instance;
        if (value == null) {
            return json.nullNode();
        } else if (value instanceof Long number) {
            return json.numberNode(number);
        } else if (value instanceof Double number) {
            return Double.isFinite(number) ? json.numberNode(number) : json.nullNode();
        } else if (value instanceof Boolean bool) {
            return json.booleanNode(bool);
        } else if (value instanceof List<?> list) {
            var array = json.arrayNode();
            list.forEach(element -> array.add(toJson(element)));
            return array;
        }
        return json.textNode(text(value));
    }

    static String text(Object value) {
        if (value instanceof Instant instant) {
            return TimestampFormats.zulu(instant);
        }
        return value == null ? null : value.toString();
    }

    static boolean isTrue(Object value) {
        return value instanceof Boolean bool ? bool : value instanceof Number number && number.doubleValue() != 0;
    }

    static Double number(Object value) {
        try {
            return value instanceof Number number ? Double.valueOf(number.doubleValue())
                    : value instanceof Boolean bool ? Double.valueOf(bool ? 1 : 0)
                            : value == null ? null : Double.valueOf(text(value));
        } catch (NumberFormatException e) {
            return null;
        }
    }

    static Instant instant(Object value) {
        if (value == null || value instanceof Instant) {
            return (Instant) value;
        } else if (value instanceof LocalDate date) {
            return date.atStartOfDay().toInstant(ZoneOffset.UTC);
        }
        try {
            return TimestampFormats.parse(text(value));
        } catch (DateTimeException e) {
            throw new HogQLException("Cannot parse datetime " + text(value));
        }
    }

    static Object shifted(Object time, Expr.Interval interval, int sign) {
        ZonedDateTime base = instant(time).atZone(ZoneOffset.UTC);
        return base.plus(sign * interval.amount(), interval.unit()).toInstant();
    }

    /** Orders two values that are not null. */
    static int compare(Object left, Object right) {
        if (left instanceof List<?> a && right instanceof List<?> b) {
            return compareLists(a, b);
        } else if (isTime(left) || isTime(right)) {
            return instant(left).compareTo(instant(right));
        } else if (left instanceof UUID || right instanceof UUID) {
            return compareUuids(uuid(left), uuid(right));
        } else if (left instanceof Number || right instanceof Number) {
            Double a = number(left);
            Double b = number(right);
            return a != null && b != null ? a.compareTo(b) : text(left).compareTo(text(right));
        }
        return text(left).compareTo(text(right));
    }

    /** Orders values. A property can be a number in one event and a text in another; numbers come first. */
    static int order(Object left, Object right) {
        boolean leftIsText = left instanceof String;
        return leftIsText != right instanceof String && (isNumeric(left) || isNumeric(right)) ? (leftIsText ? 1 : -1)
                : compare(left, right);
    }

    private static boolean isNumeric(Object value) {
        return value instanceof Number || value instanceof Boolean;
    }

    private static boolean isTime(Object value) {
        return value instanceof Instant || value instanceof LocalDate;
    }

    private static UUID uuid(Object value) {
        try {
            return value instanceof UUID uuid ? uuid : UUID.fromString(text(value));
        } catch (IllegalArgumentException e) {
            throw new HogQLException("Cannot parse uuid " + text(value));
        }
    }

    /** ClickHouse compares the second half of a UUID first, unlike the order of the texts. */
    private static int compareUuids(UUID left, UUID right) {
        int low = Long.compareUnsigned(left.getLeastSignificantBits(), right.getLeastSignificantBits());
        return low != 0 ? low : Long.compareUnsigned(left.getMostSignificantBits(), right.getMostSignificantBits());
    }

    private static int compareLists(List<?> left, List<?> right) {
        for (int i = 0; i < Math.min(left.size(), right.size()); i++) {
            Object a = left.get(i);
            Object b = right.get(i);
            int order = a == null || b == null ? Boolean.compare(a == null, b == null) : compare(a, b);
            if (order != 0) {
                return order;
            }
        }
        return Integer.compare(left.size(), right.size());
    }
}
