package io.quarkiverse.posthog.runtime.flags.local.matcher;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;

import io.quarkiverse.posthog.runtime.flags.local.matcher.PropertyMatcher.Always;

/**
 * Compiles the regular expressions of one set of definitions, within limits for their time, memory and stack. PostHog
 * evaluates the flags with those beyond the limits.
 */
final class RegexCompiler {

    /** Compiling takes quadratic time in the length. */
    private static final int MAX_LENGTH = 5_000;

    /** An upper bound for the size of a program, before it is known. */
    private static final int MAX_ESTIMATE = 50_000;

    private static final int MAX_PROGRAM = 6_000;

    /** Instructions in all programs that counts such as {@code {1,1000}} make larger than their text. */
    private static final long MAX_EXPANDED = 500_000;

    private long expanded;

    /** @return null if the pattern may find something else here than at PostHog, or is too large */
    PropertyMatcher compile(String regex, boolean negated) {
        if (regex.length() > MAX_LENGTH) {
            return null;
        }
        RegexCompatibilityChecker syntax = new RegexCompatibilityChecker(regex);
        boolean expands = syntax.size() > regex.length();
        if (!syntax.isPortable() || syntax.size() > MAX_ESTIMATE || expands && expanded > MAX_EXPANDED) {
            return null;
        }
        try {
            Pattern pattern = Pattern.compile(regex);
            expanded += expands ? pattern.programSize() : 0;
            return pattern.programSize() > MAX_PROGRAM ? null
                    : new RegexMatcher(pattern, syntax.isAsciiOnly(), Match.of(!negated));
        } catch (PatternSyntaxException e) {
            // PostHog finds nothing with what is invalid, and does not find the opposite either
            return isValidElsewhere(regex, e) ? null : new Always(Match.NO);
        } catch (StackOverflowError e) {
            // Compiling calls itself for each optional repetition; how much room there is depends on the thread
            expanded += MAX_PROGRAM;
            return null;
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
}
