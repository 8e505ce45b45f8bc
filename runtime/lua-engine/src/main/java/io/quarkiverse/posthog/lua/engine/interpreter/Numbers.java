package io.quarkiverse.posthog.lua.engine.interpreter;

/** Conversions between numbers and text. */
public final class Numbers {

    /** Longer numerals are not numbers. */
    private static final int MAX_LENGTH = 400;

    private Numbers() {
    }

    /** Returns the number that a value is, or that a string contains, or null. */
    public static Object toNumber(Execution execution, Object value) {
        if (value instanceof Number) {
            return value;
        }
        if (value instanceof String string) {
            execution.stepsForBytes(string.length());
            return parse(string);
        }
        return null;
    }

    /** Returns the integer if a double has an integral value in the range of 64 bits, or null. */
    public static Long toInteger(double value) {
        long integer = (long) value;
        return integer == value && integer != Long.MAX_VALUE ? integer : null;
    }

    /** Returns a double as an integer if it is one, otherwise as it is. */
    public static Object normalize(double value) {
        Long integer = toInteger(value);
        return integer == null ? (Object) value : integer;
    }

    /** Returns a double as Lua prints it: with 14 significant digits, and without a fraction if it has none. */
    public static String format(double value) {
        long integer = (long) value;
        if (integer == value && Math.abs(value) < 1e14 && (integer != 0 || 1 / value > 0)) {
            return Long.toString(integer);
        }
        return NumberFormat.general(value, 14, false);
    }

    /**
     * Reads a numeral with spaces around it: a decimal or hexadecimal number, an integer if it fits into 64 bits. Or returns
     * null.
     */
    public static Object parse(String text) {
        int from = 0;
        int to = text.length();
        while (from < to && isSpace(text.charAt(from))) {
            from++;
        }
        while (to > from && isSpace(text.charAt(to - 1))) {
            to--;
        }
        if (from == to || to - from > MAX_LENGTH) {
            return null;
        }
        boolean negative = text.charAt(from) == '-';
        if (negative || text.charAt(from) == '+') {
            from++;
        }
        if (to - from > 2 && text.charAt(from) == '0' && (text.charAt(from + 1) | 0x20) == 'x') {
            return parseHexadecimal(text, from + 2, to, negative);
        }
        return parseDecimal(text, from, to, negative);
    }

    private static Object parseDecimal(String text, int from, int to, boolean negative) {
        int position = from;
        while (position < to && isDigit(text.charAt(position))) {
            position++;
        }
        int digits = position - from;
        if (position == to) {
            return digits == 0 ? null : decimalInteger(text, from, to, negative);
        }
        if (text.charAt(position) == '.') {
            position++;
            int fraction = position;
            while (position < to && isDigit(text.charAt(position))) {
                position++;
            }
            digits += position - fraction;
        }
        if (digits == 0 || !isExponent(text, position, to, 'e')) {
            return null;
        }
        double value = Double.parseDouble(text.substring(from, to));
        return negative ? -value : value;
    }

    private static Object decimalInteger(String text, int from, int to, boolean negative) {
        long value = 0;
        for (int i = from; i < to; i++) {
            int digit = text.charAt(i) - '0';
            if (value < (Long.MIN_VALUE + digit) / 10) {
                double real = Double.parseDouble(text.substring(from, to));
                return negative ? -real : real;
            }
            value = value * 10 - digit;
        }
        if (negative) {
            return value;
        }
        return value == Long.MIN_VALUE ? (Object) 0x1p63 : (Object) (-value);
    }

    private static Object parseHexadecimal(String text, int from, int to, boolean negative) {
        double value = 0;
        long integer = 0;
        boolean fits = true;
        boolean point = false;
        int exponent = 0;
        int digits = 0;
        int position = from;
        for (; position < to; position++) {
            char c = text.charAt(position);
            int digit = Character.digit(c, 16);
            if (c == '.' && !point) {
                point = true;
                continue;
            }
            if (digit < 0 || c > 'f') {
                break;
            }
            digits++;
            value = value * 16 + digit;
            fits &= integer >>> 59 == 0;
            integer = integer * 16 + digit;
            exponent -= point ? 4 : 0;
        }
        if (digits == 0 || !isExponent(text, position, to, 'p')) {
            return null;
        }
        if (position == to && !point && fits) {
            return negative ? -integer : integer;
        }
        if (position < to) {
            int limited = (int) Math.max(-100_000, Math.min(100_000, Double.parseDouble(text.substring(position + 1, to))));
            exponent += limited;
        }
        value = scale(value, exponent);
        return negative ? -value : value;
    }

    private static double scale(double value, int exponent) {
        double result = value;
        int remaining = exponent;
        while (remaining != 0 && result != 0 && !Double.isInfinite(result)) {
            int step = Math.max(-500, Math.min(500, remaining));
            result = Math.scalb(result, step);
            remaining -= step;
        }
        return result;
    }

    /** Returns whether the rest is empty or an exponent. */
    private static boolean isExponent(String text, int from, int to, char letter) {
        if (from == to) {
            return true;
        }
        if ((text.charAt(from) | 0x20) != letter) {
            return false;
        }
        int position = from + 1;
        if (position < to && (text.charAt(position) == '-' || text.charAt(position) == '+')) {
            position++;
        }
        int start = position;
        while (position < to && isDigit(text.charAt(position))) {
            position++;
        }
        return position == to && position > start;
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    private static boolean isSpace(char c) {
        return c == ' ' || c >= '\t' && c <= '\r';
    }
}
