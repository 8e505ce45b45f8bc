package io.quarkiverse.posthog.runtime.flags.local.matcher;

import com.google.re2j.Pattern;

/** Matches values that contain a match of a regular expression, in linear time. */
final class RegexMatcher implements PropertyMatcher {

    /** The maximum number of steps, which take some tens of milliseconds in the worst case. */
    private static final long MAX_WORK = 1_000_000;

    private final Pattern pattern;
    private final boolean asciiOnly;
    private final Match found;

    /** @param asciiOnly whether the result is the same as in PostHog for ASCII texts only */
    RegexMatcher(Pattern pattern, boolean asciiOnly, Match found) {
        this.pattern = pattern;
        this.asciiOnly = asciiOnly;
        this.found = found;
    }

    @Override
    public Match match(Object value, MatchContext context) {
        String text = PropertyStringifier.of(value);
        long work = text == null ? 0 : (long) text.length() * pattern.programSize();
        if (text == null || work > MAX_WORK || asciiOnly && !isAscii(text) || !context.affords(work)) {
            return Match.UNKNOWN;
        }
        try {
            return pattern.matcher(text).find() ? found : found.not();
        } catch (StackOverflowError e) {
            // The matcher recurses for each optional repetition, and the stack size depends on the thread
            return Match.UNKNOWN;
        }
    }

    private static boolean isAscii(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) >= 0x80) {
                return false;
            }
        }
        return true;
    }
}
