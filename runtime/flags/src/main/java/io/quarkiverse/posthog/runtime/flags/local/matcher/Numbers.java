package io.quarkiverse.posthog.runtime.flags.local.matcher;

import java.util.Locale;

import com.fasterxml.jackson.databind.JsonNode;

/** Converts values to 64-bit floating-point numbers like PostHog, without exceptions for other values. */
final class Numbers {

    private Numbers() {
    }

    /** @return {@code NaN} if the value is not a number, and for the text "nan", for which {@link #isNan} returns true */
    static double of(Object value) {
        if (value instanceof Number number) {
            return number instanceof Integer || number instanceof Double ? number.doubleValue() : finite(number);
        }
        if (value instanceof JsonNode node) {
            return node.isNumber() ? of(node.numberValue()) : node.isTextual() ? parse(node.textValue()) : Double.NaN;
        }
        return value instanceof CharSequence text ? parse(text.toString()) : Double.NaN;
    }

    /** PostHog rejects numbers outside the range of a double. */
    private static double finite(Number number) {
        if (PropertyStringifier.isHuge(number)) {
            return Double.NaN;
        }
        double value = number instanceof Float ? Double.parseDouble(number.toString()) : number.doubleValue();
        return Double.isInfinite(value) ? Double.NaN : value;
    }

    /** Returns whether the value is the text of the number NaN. */
    static boolean isNan(Object value) {
        String text = value instanceof JsonNode node ? node.textValue()
                : value instanceof CharSequence chars ? chars.toString() : null;
        return text != null && isWord(unsigned(text), "nan");
    }

    private static boolean isWord(String text, String word) {
        // The lowercase of no other letter is in these words
        return text.length() == word.length() && text.toLowerCase(Locale.ROOT).equals(word);
    }

    private static String unsigned(String text) {
        return text.substring(sign(text, 0));
    }

    /** Parses texts such as "1e5", ".5" and "inf", but not " 1 ", "1d" and "0x1p3", which Java accepts and PostHog does not. */
    static double parse(String text) {
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
        if (count == 0) {
            return infinity(text);
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

    private static double infinity(String text) {
        String word = unsigned(text);
        if (!isWord(word, "inf") && !isWord(word, "infinity")) {
            return Double.NaN;
        }
        return text.charAt(0) == '-' ? Double.NEGATIVE_INFINITY : Double.POSITIVE_INFINITY;
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
