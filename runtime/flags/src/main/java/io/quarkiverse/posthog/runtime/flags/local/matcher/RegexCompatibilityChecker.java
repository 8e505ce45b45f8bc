package io.quarkiverse.posthog.runtime.flags.local.matcher;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Checks whether RE2 interprets a regular expression like PostHog's engine, and estimates its size. PostHog's engine
 * supports more syntax, because it uses backtracking, and differs in some cases.
 */
final class RegexCompatibilityChecker {

    /** Escapes that only PostHog's engine supports, or that have another meaning. */
    private static final String FOREIGN_ESCAPES = "0123456789kKgGZQEpPRXxuUhHNeC<>";
    /** Escapes that include characters of all scripts in PostHog's engine only. */
    private static final String CLASS_ESCAPES = "dDwWsSbB";

    private static final int MAX_NESTING = 100;

    private final String pattern;
    private final Deque<Long> enclosing = new ArrayDeque<>();
    private int at;
    private boolean portable = true;
    private boolean asciiOnly;
    /** The maximum number of repetitions in the current group, and of the previous element. */
    private long repeats = 1;
    private long element = 1;

    RegexCompatibilityChecker(String pattern) {
        this.pattern = pattern;
        while (portable && at < pattern.length()) {
            step();
        }
    }

    /** Returns whether both engines interpret the pattern in the same way, or both reject it. */
    boolean isPortable() {
        return portable;
    }

    /** Returns whether both engines agree for ASCII texts only. */
    boolean isAsciiOnly() {
        return asciiOnly;
    }

    /** Returns an approximate upper bound for the size of the program of a portable pattern. */
    long size() {
        return saturated(repeats, pattern.length());
    }

    private void step() {
        char c = pattern.charAt(at++);
        if (c == '{') {
            count();
        } else if (c == ')') {
            close();
        } else {
            if (c == '\\') {
                escape();
            } else if (c == '[') {
                characterClass();
            } else if (c == '(') {
                open();
            }
            element = 1;
        }
    }

    private void escape() {
        if (at < pattern.length()) {
            char c = pattern.charAt(at++);
            portable &= FOREIGN_ESCAPES.indexOf(c) < 0;
            asciiOnly |= CLASS_ESCAPES.indexOf(c) >= 0;
        }
    }

    /** Rejects nested sets and operations on sets, which RE2 does not support. */
    private void characterClass() {
        if (follows("^")) {
            at++;
        }
        int start = at;
        while (at < pattern.length() && (pattern.charAt(at) != ']' || at == start)) {
            char c = pattern.charAt(at++);
            if (c == '\\') {
                escape();
            }
            boolean operation = (c == '&' || c == '-' || c == '~') && follows(String.valueOf(c));
            portable &= !operation && c != '[' && c != ']';
        }
        at++;
    }

    private void open() {
        if (follows("?")) {
            boolean named = follows("?<") && at + 2 < pattern.length() && Character.isLetter(pattern.charAt(at + 2));
            portable &= named || follows("?:") || follows("?P<") || follows("?i)") || follows("?i:") || follows("?s)")
                    || follows("?m)");
        }
        enclosing.push(repeats);
        portable &= enclosing.size() < MAX_NESTING;
        repeats = 1;
    }

    private void close() {
        if (!enclosing.isEmpty()) {
            element = repeats;
            repeats = Math.max(repeats, enclosing.pop());
        }
    }

    /** Rejects braces that are not a repetition, which only some engines accept as text. */
    private void count() {
        int end = pattern.indexOf('}', at);
        String range = end < 0 ? "" : pattern.substring(at, end);
        if (!range.matches("[0-9]{1,4}(,[0-9]{0,4})?")) {
            portable = false;
            return;
        }
        at = end + 1;
        long max = 1;
        for (String bound : range.split(",")) {
            max = Math.max(max, Long.parseLong(bound));
        }
        element = saturated(element, max);
        repeats = Math.max(repeats, element);
    }

    private boolean follows(String text) {
        return pattern.startsWith(text, at);
    }

    private static long saturated(long one, long other) {
        return Math.min(Integer.MAX_VALUE, one * other);
    }
}
