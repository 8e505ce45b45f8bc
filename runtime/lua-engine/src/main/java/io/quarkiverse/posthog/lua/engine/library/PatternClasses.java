package io.quarkiverse.posthog.lua.engine.library;

import io.quarkiverse.posthog.lua.engine.interpreter.Execution;

/** The parts of a pattern that match one character: characters, classes and sets. */
final class PatternClasses {

    private final Execution execution;
    private final String subject;
    private final String pattern;

    PatternClasses(Execution execution, String subject, String pattern) {
        this.execution = execution;
        this.subject = subject;
        this.pattern = pattern;
    }

    /** Returns the position after the class, set or character at a position of the pattern. */
    int end(int from) {
        int p = from;
        char c = pattern.charAt(p++);
        if (c == '%') {
            if (p >= pattern.length()) {
                throw execution.error("malformed pattern (ends with '%')");
            }
            return p + 1;
        }
        if (c == '[') {
            if (p < pattern.length() && pattern.charAt(p) == '^') {
                p++;
            }
            do {
                execution.steps(1);
                if (p >= pattern.length()) {
                    throw execution.error("malformed pattern (missing ']')");
                }
                if (pattern.charAt(p++) == '%') {
                    p++;
                }
            } while (p >= pattern.length() || pattern.charAt(p) != ']');
            return p + 1;
        }
        return p;
    }

    /** Returns whether the character at a position of the subject matches a part of the pattern. */
    boolean matches(int s, int p, int end) {
        if (s >= subject.length()) {
            return false;
        }
        char c = subject.charAt(s);
        return switch (pattern.charAt(p)) {
            case '.' -> true;
            case '%' -> CharacterClass.matches(c, pattern.charAt(p + 1));
            case '[' -> matchesSet(c, p, end - 1);
            default -> pattern.charAt(p) == c;
        };
    }

    /** Returns whether a character is in the set in brackets. */
    boolean matchesSet(char c, int from, int end) {
        int p = from + 1;
        boolean expected = true;
        if (pattern.charAt(p) == '^') {
            expected = false;
            p++;
        }
        execution.steps(end - from >> 2);
        for (; p < end; p++) {
            char member = pattern.charAt(p);
            if (member == '%') {
                p++;
                if (CharacterClass.matches(c, pattern.charAt(p))) {
                    return expected;
                }
            } else if (p + 2 < end && pattern.charAt(p + 1) == '-') {
                if (member <= c && c <= pattern.charAt(p + 2)) {
                    return expected;
                }
                p += 2;
            } else if (member == c) {
                return expected;
            }
        }
        return !expected;
    }
}
