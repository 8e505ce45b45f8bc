package io.quarkiverse.posthog.runtime.flags.local.matcher;

import com.google.re2j.Pattern;

/** Whether a regular expression is found in a value, in time that grows with its length and no faster. */
final class RegexMatcher implements PropertyMatcher {

    /** Steps: some tens of milliseconds at the worst. */
    private static final long MAX_WORK = 2_000_000;

    private final Pattern pattern;
    private final boolean asciiOnly;
    private final Match found;

    /** @param asciiOnly whether it is sure to find the same as PostHog only in ASCII text */
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
            // Matching calls itself for each optional repetition; how much room there is depends on the thread
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
