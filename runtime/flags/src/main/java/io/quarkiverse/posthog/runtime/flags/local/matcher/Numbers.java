package io.quarkiverse.posthog.runtime.flags.local.matcher;

import com.fasterxml.jackson.databind.JsonNode;

/** Converts values to numbers, without exceptions for other values. */
final class Numbers {

    private static final int MAX_LENGTH = 400;

    private Numbers() {
    }

    /** @return {@code NaN} if the value is not a number */
    static double of(Object value) {
        if (value instanceof Number number) {
            return number.doubleValue();
        }
        if (value instanceof JsonNode node) {
            return node.isNumber() ? node.doubleValue() : node.isTextual() ? parse(node.textValue()) : Double.NaN;
        }
        return value instanceof CharSequence text ? parse(text.toString()) : Double.NaN;
    }

    /** Rejects texts such as "1d", " 1 " and "0x1p3", which Java accepts and PostHog does not. */
    private static double parse(String text) {
        int length = text.length();
        int at = sign(text, 0);
        int digits = digits(text, at);
        int count = digits - at;
        at = digits;
        if (at < length && text.charAt(at) == '.') {
            digits = digits(text, at + 1);
            count += digits - at - 1;
            at = digits;
        }
        if (count == 0 || length > MAX_LENGTH) {
            return Double.NaN;
        }
        if (at < length && (text.charAt(at) == 'e' || text.charAt(at) == 'E')) {
            int exponent = sign(text, at + 1);
            at = digits(text, exponent);
            if (at == exponent) {
                return Double.NaN;
            }
        }
        return at == length ? Double.parseDouble(text) : Double.NaN;
    }

    private static int sign(String text, int at) {
        return at < text.length() && (text.charAt(at) == '-' || text.charAt(at) == '+') ? at + 1 : at;
    }

    /** @return the end of the digits */
    private static int digits(String text, int at) {
        int end = at;
        while (end < text.length() && text.charAt(end) >= '0' && text.charAt(end) <= '9') {
            end++;
        }
        return end;
    }
}
