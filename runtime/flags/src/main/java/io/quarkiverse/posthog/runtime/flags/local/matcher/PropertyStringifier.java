package io.quarkiverse.posthog.runtime.flags.local.matcher;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.time.LocalDate;
import java.util.UUID;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * Converts a value to the text with which PostHog compares it: a text as it is, and everything else as compact JSON, such as
 * {@code null}, {@code 1.0} or {@code ["a",1]}.
 */
public final class PropertyStringifier {

    static final String NULL = "null";

    /** The maximum size of a number. Larger numbers are outside the range of a double, and PostHog rejects them. */
    private static final int MAX_BITS = 1_024;
    private static final int MAX_EXPONENT = 400;
    private static final BigInteger MIN_INTEGER = BigInteger.valueOf(Long.MIN_VALUE);
    private static final int MAX_INTEGER_BITS = 64;

    private PropertyStringifier() {
    }

    /** @return {@code null} if PostHog may use another text */
    public static String of(Object value) {
        if (value == null) {
            return NULL;
        }
        if (value instanceof String text) {
            return text;
        }
        if (value instanceof Boolean || value instanceof Integer || value instanceof Long) {
            return value.toString();
        }
        if (value instanceof JsonNode node && (node.isTextual() || node.isNull())) {
            return node.isNull() ? NULL : node.textValue();
        }
        String text = text(value);
        return text != null ? text : json(value);
    }

    /** @return {@code null} if the value is not a text in JSON */
    static String text(Object value) {
        if (value instanceof CharSequence || value instanceof Character || value instanceof UUID || value instanceof Instant
                || value instanceof LocalDate) {
            return value.toString();
        }
        return value instanceof Enum<?> constant ? constant.name() : null;
    }

    private static String json(Object value) {
        if (value instanceof Number number) {
            return number(number);
        }
        return new CompactJsonWriter().write(value);
    }

    /** @return {@code null} if PostHog rejects the number */
    static String number(Number number) {
        if (number instanceof Integer || number instanceof Long || number instanceof Short || number instanceof Byte) {
            return number.toString();
        }
        if (number instanceof BigInteger integer) {
            return integer(integer);
        }
        if (number instanceof BigDecimal decimal) {
            return decimal(decimal);
        }
        // The JSON of a float has the digits of the float, not of the double
        return FloatFormat.format(number instanceof Float ? Double.parseDouble(number.toString()) : number.doubleValue());
    }

    /** PostHog reads an integer that has more than 64 bits as a floating-point number. */
    private static String integer(BigInteger integer) {
        if (integer.bitLength() > MAX_BITS) {
            return null;
        }
        boolean exact = integer.signum() < 0 ? integer.compareTo(MIN_INTEGER) >= 0
                : integer.bitLength() <= MAX_INTEGER_BITS;
        return exact ? integer.toString() : FloatFormat.format(integer.doubleValue());
    }

    /** The JSON of a decimal without a fraction and without an exponent is an integer. */
    private static String decimal(BigDecimal decimal) {
        if (decimal.scale() == 0) {
            return integer(decimal.unscaledValue());
        }
        // 1e1000000000 is short, but has a billion digits
        return isHuge(decimal) ? null : FloatFormat.format(decimal.doubleValue());
    }

    /** Whether a number is outside the range of a double, or has so many digits that converting it takes long. */
    static boolean isHuge(Number number) {
        if (number instanceof BigInteger integer) {
            return integer.bitLength() > MAX_BITS;
        }
        return number instanceof BigDecimal decimal && (decimal.unscaledValue().bitLength() > 16 * MAX_BITS
                || (long) decimal.precision() - decimal.scale() > MAX_EXPONENT);
    }
}
