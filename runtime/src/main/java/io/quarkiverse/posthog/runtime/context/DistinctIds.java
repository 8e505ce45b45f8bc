package io.quarkiverse.posthog.runtime.context;

import java.util.Locale;
import java.util.Set;

/**
 * Recognizes distinct IDs that identify no person: blank ones, and the placeholders on PostHog's list of illegal distinct IDs,
 * which PostHog never merges. They come from code that writes a missing value as text, such as {@code "null"}.
 * <p>
 * As in PostHog, case and surrounding spaces don't matter. Quotation marks and invisible characters don't either: with them,
 * PostHog would create a person for the placeholder.
 */
public final class DistinctIds {

    private static final Set<String> ILLEGAL = Set.of("0", "00000000-0000-0000-0000-000000000000", "[object object]",
            "anonymous", "anonymous-user", "backend", "distinct_id", "distinctid", "email", "false", "guest", "id", "nan",
            "none", "not_authenticated", "null", "system", "true", "undefined", "user");

    /** The maximum length of a placeholder, including quotation marks that code can add by mistake. */
    private static final int MAX_LENGTH = 100;

    /** The backslash belongs to quotation marks that were escaped. */
    private static final String QUOTES = "\"'`\\\u00b4\u00ab\u00bb\u2018\u2019\u201a\u201c\u201d\u201e\u2039\u203a";

    private DistinctIds() {
    }

    /** Whether a text is null or has no visible character. */
    public static boolean isBlank(String text) {
        for (int i = 0; text != null && i < text.length(); i += Character.charCount(text.codePointAt(i))) {
            if (!isInvisible(text.codePointAt(i))) {
                return false;
            }
        }
        return true;
    }

    /** Whether PostHog rejects merging persons with this distinct ID. Null and blank are illegal. */
    public static boolean isIllegal(String distinctId) {
        if (distinctId == null) {
            return true;
        }
        String plain = plain(distinctId);
        return plain.isEmpty() || ILLEGAL.contains(plain);
    }

    /** Whether two texts are the same distinct ID for PostHog, which trims it. */
    public static boolean isSame(String one, String other) {
        return one != null && other != null && visible(one, Integer.MAX_VALUE).equals(visible(other, Integer.MAX_VALUE));
    }

    /** The form in which the placeholders are compared: equal for all spellings of the same one. */
    public static String plain(String distinctId) {
        String visible = visible(distinctId, MAX_LENGTH);
        int start = 0;
        int end = visible.length();
        while (start < end && isQuoteOrSpace(visible.charAt(start))) {
            start++;
        }
        while (end > start && isQuoteOrSpace(visible.charAt(end - 1))) {
            end--;
        }
        return visible.substring(start, end).toLowerCase(Locale.ROOT);
    }

    private static boolean isQuoteOrSpace(char c) {
        return c == ' ' || QUOTES.indexOf(c) >= 0;
    }

    /** The text without invisible characters, and with plain spaces, but none at the ends. */
    private static String visible(String text, int maxLength) {
        if (text.length() <= maxLength && isPlain(text)) {
            return text;
        }
        StringBuilder visible = new StringBuilder(Math.min(text.length(), maxLength));
        text.codePoints().takeWhile(c -> visible.length() <= maxLength).forEach(c -> {
            if (isSpace(c)) {
                visible.append(' ');
            } else if (!isInvisible(c)) {
                visible.appendCodePoint(c);
            }
        });
        return visible.toString().strip();
    }

    /** Returns whether an ID contains only plain characters. Most IDs do, and are not copied. */
    private static boolean isPlain(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c <= ' ' || c >= 0x7f) {
                return false;
            }
        }
        return true;
    }

    private static boolean isSpace(int c) {
        return Character.isSpaceChar(c) || Character.isWhitespace(c);
    }

    private static boolean isInvisible(int c) {
        return isSpace(c) || Character.isISOControl(c) || Character.getType(c) == Character.FORMAT || isFiller(c);
    }

    /**
     * Returns whether a character is an invisible letter or mark, which Unicode classifies neither as a space nor as a format
     * character.
     */
    private static boolean isFiller(int c) {
        return c == 0x034f || c == 0x115f || c == 0x1160 || c == 0x17b4 || c == 0x17b5 || c >= 0x180b && c <= 0x180f
                || c == 0x2800 || c == 0x3164 || c >= 0xfe00 && c <= 0xfe0f || c == 0xffa0
                || c >= 0xe0100 && c <= 0xe01ef;
    }
}
