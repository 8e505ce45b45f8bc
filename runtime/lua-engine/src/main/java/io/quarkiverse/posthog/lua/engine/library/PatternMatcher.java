package io.quarkiverse.posthog.lua.engine.library;

import io.quarkiverse.posthog.lua.engine.interpreter.Execution;

/**
 * Matches a pattern of Lua by backtracking. Each attempt counts as a step. The depth of the recursion is limited, as in Lua.
 */
final class PatternMatcher {

    private static final int MAX_CAPTURES = 32;
    private static final int MAX_DEPTH = 200;
    private static final int POSITION = -2;
    private static final int UNFINISHED = -1;
    private static final int FAIL = -1;

    private final Execution execution;
    private final String subject;
    private final String pattern;
    private final int[] starts = new int[MAX_CAPTURES];
    private final int[] lengths = new int[MAX_CAPTURES];
    private int captures;
    private int depth;

    PatternMatcher(Execution execution, String subject, String pattern) {
        this.execution = execution;
        this.subject = subject;
        this.pattern = pattern;
    }

    /** Matches the pattern from one of its positions on at a position of the subject. Returns the end of the match, or -1. */
    int matchAt(int position, int patternStart) {
        captures = 0;
        depth = 0;
        return match(position, patternStart);
    }

    /** Returns the number of captures of the last match. */
    int captures() {
        return captures;
    }

    /** Returns a capture, from 0 on. If the pattern has none, the first one is the match. */
    Object capture(int index, int start, int end) {
        if (index >= captures) {
            if (index > 0) {
                throw execution.error("invalid capture index");
            }
            return execution.substring(subject, start, end);
        }
        if (lengths[index] == POSITION) {
            return starts[index] + 1L;
        }
        if (lengths[index] == UNFINISHED) {
            throw execution.error("unfinished capture");
        }
        return execution.substring(subject, starts[index], starts[index] + lengths[index]);
    }

    /** Returns all captures, or the match if there are none. */
    Object allCaptures(int start, int end) {
        if (captures <= 1) {
            return capture(0, start, end);
        }
        Object[] values = new Object[captures];
        int kept = execution.keep(values);
        for (int i = 0; i < values.length; i++) {
            values[i] = capture(i, start, end);
        }
        execution.forget(kept);
        return values;
    }

    private int match(int from, int patternFrom) {
        if (++depth > MAX_DEPTH) {
            throw execution.error("pattern too complex");
        }
        int result = matchHere(from, patternFrom);
        depth--;
        return result;
    }

    private int matchHere(int from, int patternFrom) {
        int s = from;
        int p = patternFrom;
        while (true) {
            execution.steps(1);
            if (p == pattern.length()) {
                return s;
            }
            char c = pattern.charAt(p);
            if (c == '(') {
                boolean position = p + 1 < pattern.length() && pattern.charAt(p + 1) == ')';
                return position ? startCapture(s, p + 2, POSITION) : startCapture(s, p + 1, UNFINISHED);
            }
            if (c == ')') {
                return endCapture(s, p + 1);
            }
            if (c == '$' && p + 1 == pattern.length()) {
                return s == subject.length() ? s : FAIL;
            }
            if (c == '%' && p + 1 < pattern.length()) {
                char next = pattern.charAt(p + 1);
                if (next == 'b') {
                    s = matchBalance(s, p + 2);
                    if (s == FAIL) {
                        return FAIL;
                    }
                    p += 4;
                    continue;
                }
                if (next == 'f') {
                    p = matchFrontier(s, p + 2);
                    if (p == FAIL) {
                        return FAIL;
                    }
                    continue;
                }
                if (CharacterClass.isDigit(next)) {
                    s = matchCapture(s, next);
                    if (s == FAIL) {
                        return FAIL;
                    }
                    p += 2;
                    continue;
                }
            }
            int end = classEnd(p);
            char suffix = end < pattern.length() ? pattern.charAt(end) : '\0';
            if (suffix == '*') {
                return matchLongest(s, p, end, 0);
            }
            if (suffix == '+') {
                return matchLongest(s, p, end, 1);
            }
            if (suffix == '-') {
                return matchShortest(s, p, end);
            }
            boolean single = matchesSingle(s, p, end);
            if (suffix == '?') {
                if (single) {
                    int result = match(s + 1, end + 1);
                    if (result != FAIL) {
                        return result;
                    }
                }
                p = end + 1;
                continue;
            }
            if (!single) {
                return FAIL;
            }
            s++;
            p = end;
        }
    }

    private int matchLongest(int from, int p, int end, int minimum) {
        int count = 0;
        while (matchesSingle(from + count, p, end)) {
            execution.steps(1);
            count++;
        }
        for (; count >= minimum; count--) {
            int result = match(from + count, end + 1);
            if (result != FAIL) {
                return result;
            }
        }
        return FAIL;
    }

    private int matchShortest(int from, int p, int end) {
        int s = from;
        while (true) {
            int result = match(s, end + 1);
            if (result != FAIL) {
                return result;
            }
            if (!matchesSingle(s, p, end)) {
                return FAIL;
            }
            s++;
        }
    }

    private int startCapture(int s, int p, int kind) {
        if (captures >= MAX_CAPTURES) {
            throw execution.error("too many captures");
        }
        starts[captures] = s;
        lengths[captures] = kind;
        captures++;
        int result = match(s, p);
        if (result == FAIL) {
            captures--;
        }
        return result;
    }

    private int endCapture(int s, int p) {
        int open = captures - 1;
        while (open >= 0 && lengths[open] != UNFINISHED) {
            open--;
        }
        if (open < 0) {
            throw execution.error("invalid pattern capture");
        }
        lengths[open] = s - starts[open];
        int result = match(s, p);
        if (result == FAIL) {
            lengths[open] = UNFINISHED;
        }
        return result;
    }

    private int matchBalance(int s, int p) {
        if (p + 1 >= pattern.length()) {
            throw execution.error("malformed pattern (missing arguments to '%b')");
        }
        if (s >= subject.length() || subject.charAt(s) != pattern.charAt(p)) {
            return FAIL;
        }
        char open = pattern.charAt(p);
        char close = pattern.charAt(p + 1);
        int level = 1;
        for (int i = s + 1; i < subject.length(); i++) {
            execution.steps(1);
            char c = subject.charAt(i);
            if (c == close) {
                if (--level == 0) {
                    return i + 1;
                }
            } else if (c == open) {
                level++;
            }
        }
        return FAIL;
    }

    /** Returns the position in the pattern after a frontier, or -1. */
    private int matchFrontier(int s, int p) {
        if (p >= pattern.length() || pattern.charAt(p) != '[') {
            throw execution.error("missing '[' after '%f' in pattern");
        }
        int end = classEnd(p);
        char before = s == 0 ? '\0' : subject.charAt(s - 1);
        char after = s < subject.length() ? subject.charAt(s) : '\0';
        return !matchesSet(before, p, end - 1) && matchesSet(after, p, end - 1) ? end : FAIL;
    }

    private int matchCapture(int s, char digit) {
        int index = digit - '1';
        if (index < 0 || index >= captures || lengths[index] == UNFINISHED) {
            throw execution.error("invalid capture index %" + (index + 1));
        }
        int length = lengths[index];
        if (length == POSITION) {
            return FAIL;
        }
        execution.stepsForBytes(length);
        return subject.regionMatches(starts[index], subject, s, length) && subject.length() - s >= length ? s + length : FAIL;
    }

    private int classEnd(int from) {
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

    private boolean matchesSingle(int s, int p, int end) {
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

    private boolean matchesSet(char c, int from, int end) {
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
