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

    /** The text, or its beginning when it takes more, not cut through the middle of a character. */
    static String cut(String text, int most) {
        // No character takes more than six
        if (text.length() <= most / 6) {
            return text;
        }
        int size = 0;
        for (int i = 0; i < text.length(); i++) {
            size += size(text.charAt(i));
            if (size > most) {
                return text.substring(0, i > 0 && Character.isHighSurrogate(text.charAt(i - 1)) ? i - 1 : i) + CUT;
            }
        }
        return text;
    }

    private static int size(char c) {
        // Jackson writes halves of a pair as it writes control characters
        if (c < 0x20 || Character.isSurrogate(c)) {
            return 6;
        }
        if (c == '"' || c == '\\') {
            return 2;
        }
        return c < 0x80 ? 1 : c < 0x800 ? 2 : 3;
    }
}
