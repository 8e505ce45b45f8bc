package io.quarkiverse.posthog.runtime.flags.local.matcher;

import java.util.List;

/** Matches texts that contain, or start or end with, one of several texts, ignoring the case of ASCII letters. */
final class TextSearchMatcher implements PropertyMatcher {

    enum Place {
        ANYWHERE,
        START,
        END
    }

    private static final int EASY = 100_000;

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
            if (isHard(lower, one) && !context.affords((long) lower.length() * one.length())) {
                return Match.UNKNOWN;
            }
            if (has(lower, one)) {
                return found;
            }
        }
        return found.not();
    }

    /** Searching takes the product of both lengths if nearly every part of the text begins like what is searched for. */
    private boolean isHard(String text, String one) {
        return place == Place.ANYWHERE && (long) text.length() * one.length() > EASY;
    }

    private boolean has(String text, String one) {
        return switch (place) {
            case ANYWHERE -> text.contains(one);
            case START -> text.startsWith(one);
            case END -> text.endsWith(one);
        };
    }

    /** Allocates only where there is something to change. */
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
