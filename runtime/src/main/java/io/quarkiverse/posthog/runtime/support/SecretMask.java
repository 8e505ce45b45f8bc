package io.quarkiverse.posthog.runtime.support;

import java.util.Comparator;
import java.util.List;
import java.util.regex.Pattern;

/** Masks the keys of an account in texts, and all other secret keys of PostHog, such as the keys of another account. */
public final class SecretMask {

    private static final String MASK = "***";

    private static final String ELLIPSIS = "...";
    /** Personal, project secret and OAuth keys. Possessive, so that the time is linear in the length of the text. */
    private static final Pattern SECRET_KEY = Pattern.compile("(?<![A-Za-z0-9])ph[xsar]_[A-Za-z0-9_-]{8,}+");

    private final List<String> secrets;
    private final int longest;

    public SecretMask(List<String> secrets) {
        // The longest first, because one key can be the beginning of another
        this.secrets = secrets.stream().sorted(Comparator.comparingInt(String::length).reversed()).toList();
        this.longest = secrets.stream().mapToInt(String::length).max().orElse(0);
    }

    /** Returns the text without keys; null for null. */
    public String mask(String text) {
        if (text == null) {
            return null;
        }
        String masked = text;
        for (String secret : secrets) {
            masked = masked.replace(secret, MASK);
        }
        return SECRET_KEY.matcher(masked).replaceAll(MASK);
    }

    /** Returns a text of a server for messages: short, on one line, without control characters and without keys. */
    public String message(String text) {
        return truncated(text, LogText.MAX_LENGTH, true);
    }

    /** Returns the beginning of a text, without keys. */
    public String truncated(String text, int maxLength) {
        return truncated(text, maxLength, false);
    }

    private String truncated(String text, int maxLength, boolean oneLine) {
        if (text == null) {
            return null;
        }
        int examined = (int) Math.min(text.length(), maxLength + (long) longest * 2);
        String beginning = mask(text.substring(0, examined));
        if (examined < text.length()) {
            // The end may be part of a key
            beginning = beginning.substring(0, Math.max(0, beginning.length() - longest));
        }
        String clean = oneLine ? LogText.printable(beginning) : beginning;
        return clean.length() > maxLength || examined < text.length()
                ? clean.substring(0, Math.min(clean.length(), maxLength)) + ELLIPSIS
                : clean;
    }
}
