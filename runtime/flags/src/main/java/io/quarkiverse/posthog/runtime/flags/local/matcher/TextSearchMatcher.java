package io.quarkiverse.posthog.runtime.flags.local.matcher;

import java.util.List;

/** Matches texts that contain, or start or end with, one of several texts, ignoring the case of ASCII letters. */
final class TextSearchMatcher implements PropertyMatcher {

    enum Place {
        ANYWHERE,
        START,
        END
    }

    private static final int MAX_CHEAP_WORK = 100_000;
    /** The number of comparisons that take as long as a step of a regular expression. */
    private static final int CHARS_PER_STEP = 16;

    private final String[] wanted;
    private final Place place;
    private final Match found;

    TextSearchMatcher(List<String> wanted, Place place, boolean negated) {
        this.wanted = new String[wanted.size()];
        for (int i = 0; i < this.wanted.length; i++) {
            this.wanted[i] = lower(wanted.get(i));
        }
        this.place = place;
        this.found = Match.of(!negated);
    }

    @Override
    public Match match(Object value, MatchContext context) {
        String text = PropertyStringifier.of(value);
        if (text == null) {
            return Match.UNKNOWN;
        }
        String lower = lower(text);
        for (String one : wanted) {
            if (isExpensive(lower, one) && !context.affords((long) lower.length() * one.length() / CHARS_PER_STEP)) {
                return Match.UNKNOWN;
            }
            if (has(lower, one)) {
                return found;
            }
        }
        return found.not();
    }

    /** In the worst case, a search takes time proportional to the product of both lengths. */
    private boolean isExpensive(String text, String one) {
        return place == Place.ANYWHERE && (long) text.length() * one.length() > MAX_CHEAP_WORK;
    }

    private boolean has(String text, String one) {
        return switch (place) {
            case ANYWHERE -> text.contains(one);
            case START -> text.startsWith(one);
            case END -> text.endsWith(one);
        };
    }

    /** Converts ASCII letters, and returns the same text if it has no uppercase letters. */
    private static String lower(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (isUpper(text.charAt(i))) {
                return lowerFrom(text, i);
            }
        }
        return text;
    }

    private static String lowerFrom(String text, int start) {
        char[] chars = text.toCharArray();
        for (int i = start; i < chars.length; i++) {
            if (isUpper(chars[i])) {
                chars[i] += 'a' - 'A';
            }
        }
        return new String(chars);
    }

    private static boolean isUpper(char c) {
        return c >= 'A' && c <= 'Z';
    }
}
