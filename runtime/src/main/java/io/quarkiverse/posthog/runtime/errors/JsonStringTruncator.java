package io.quarkiverse.posthog.runtime.errors;

/** Measures and truncates texts by their size as JSON. */
final class JsonStringTruncator {

    private static final String CUT = "…";

    private JsonStringTruncator() {
    }

    static int size(String text) {
        int size = 0;
        for (int i = 0; i < text.length(); i++) {
            size += size(text.charAt(i));
        }
        return size;
    }

    /** Returns the text, or its beginning if it exceeds the given size. Does not separate surrogate pairs. */
    static String cut(String text, int max) {
        // A character has at most six bytes
        if (text.length() <= max / 6) {
            return text;
        }
        int size = 0;
        for (int i = 0; i < text.length(); i++) {
            size += size(text.charAt(i));
            if (size > max) {
                return text.substring(0, i > 0 && Character.isHighSurrogate(text.charAt(i - 1)) ? i - 1 : i) + CUT;
            }
        }
        return text;
    }

    private static int size(char c) {
        // Jackson escapes surrogates like control characters
        if (c < 0x20 || Character.isSurrogate(c)) {
            return 6;
        }
        if (c == '"' || c == '\\') {
            return 2;
        }
        return c < 0x80 ? 1 : c < 0x800 ? 2 : 3;
    }
}
