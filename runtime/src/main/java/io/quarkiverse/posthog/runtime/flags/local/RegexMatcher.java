package io.quarkiverse.posthog.runtime.flags.local;

import java.time.InstantSource;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;

/** Whether a regular expression is found in a value, in time that grows with its length and no faster. */
final class RegexMatcher implements PropertyMatcher {

    /** What is larger takes long to compile. */
    private static final int MAX_SIZE = 50_000;
    /** Steps: some tens of milliseconds at the worst. */
    private static final long MAX_WORK = 2_000_000;

    private final Pattern pattern;
    private final boolean asciiOnly;
    private final Match found;

    private RegexMatcher(Pattern pattern, boolean asciiOnly, Match found) {
        this.pattern = pattern;
        this.asciiOnly = asciiOnly;
        this.found = found;
    }

    /** @return null when it cannot be told here what the pattern finds */
    static PropertyMatcher of(String regex, boolean negated) {
        RegexSyntax syntax = new RegexSyntax(regex);
        if (!syntax.isPortable() || syntax.size() > MAX_SIZE) {
            return null;
        }
        try {
            return new RegexMatcher(Pattern.compile(regex), syntax.isAsciiOnly(), Match.of(!negated));
        } catch (PatternSyntaxException e) {
            // PostHog finds nothing with what is invalid, and does not find the opposite either
            return isValidElsewhere(regex, e) ? null : new Always(Match.NO);
        }
    }

    private static boolean isValidElsewhere(String regex, PatternSyntaxException why) {
        if (why.getDescription().startsWith("invalid nested repetition operator")) {
            return true;
        }
        try {
            java.util.regex.Pattern.compile(regex);
            return true;
        } catch (java.util.regex.PatternSyntaxException e) {
            return false;
        }
    }

    @Override
    public Match match(Object value, InstantSource time) {
        String text = ScalarText.of(value);
        if (text == null || (long) text.length() * pattern.programSize() > MAX_WORK || asciiOnly && !isAscii(text)) {
            return Match.UNKNOWN;
        }
        return pattern.matcher(text).find() ? found : found.not();
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
