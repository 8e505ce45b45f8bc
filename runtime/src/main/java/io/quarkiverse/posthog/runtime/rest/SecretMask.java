package io.quarkiverse.posthog.runtime.rest;

import java.util.Comparator;
import java.util.List;

/** Replaces the keys of an account in texts. */
public final class SecretMask {

    private static final String MASK = "***";

    private static final String ELLIPSIS = "...";

    private final List<String> secrets;
    private final int longest;

    public SecretMask(List<String> secrets) {
        // The longest first: one key may begin like another
        this.secrets = secrets.stream().sorted(Comparator.comparingInt(String::length).reversed()).toList();
        this.longest = secrets.stream().mapToInt(String::length).max().orElse(0);
    }

    /** The text without keys. */
    public String mask(String text) {
        if (text == null) {
            return null;
        }
        String masked = text;
        for (String secret : secrets) {
            masked = masked.replace(secret, MASK);
        }
        return masked;
    }

    /** A text of a server for messages: short, on one line, without control characters and without keys. */
    public String message(String text) {
        return truncated(text, LogText.MAX_LENGTH, true);
    }

    /** The beginning of a text, without keys. */
    String truncated(String text, int maxLength) {
        return truncated(text, maxLength, false);
    }

    private String truncated(String text, int maxLength, boolean oneLine) {
        if (text == null) {
            return null;
        }
        int examined = (int) Math.min(text.length(), maxLength + (long) longest * 2);
        String beginning = mask(text.substring(0, examined));
        if (examined < text.length()) {
            // The end may be the first part of a key
            beginning = beginning.substring(0, Math.max(0, beginning.length() - longest));
        }
        String clean = oneLine ? LogText.printable(beginning) : beginning;
        return clean.length() > maxLength || examined < text.length()
                ? clean.substring(0, Math.min(clean.length(), maxLength)) + ELLIPSIS
                : clean;
    }
}
