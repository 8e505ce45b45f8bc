package io.quarkiverse.posthog.runtime.flags.local.matcher;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;

import io.quarkiverse.posthog.runtime.flags.local.matcher.PropertyMatcher.Always;

/**
 * Compiles the regular expressions of one set of flag definitions, within limits for time, memory and stack size. PostHog
 * evaluates flags with expressions that exceed the limits.
 */
final class RegexCompiler {

    /** The maximum length. The time to compile an expression is quadratic in its length. */
    private static final int MAX_LENGTH = 5_000;

    /** The maximum estimated size of a program. */
    private static final int MAX_ESTIMATE = 50_000;

    private static final int MAX_PROGRAM = 6_000;

    /** The maximum number of instructions in all programs that repetitions such as {@code {1,1000}} expand. */
    private static final long MAX_EXPANDED = 500_000;

    private long expanded;

    /** @return {@code null} if the pattern exceeds a limit, or PostHog may interpret it differently */
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
            // In PostHog, an invalid pattern never matches, with and without negation
            return isValidInOtherEngine(regex, e) ? null : new Always(Match.NO);
        } catch (StackOverflowError e) {
            // The compiler recurses for each optional repetition, and the stack size depends on the thread
            expanded += MAX_PROGRAM;
            return null;
        }
    }

    private static boolean isValidInOtherEngine(String regex, PatternSyntaxException why) {
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
