package io.quarkiverse.posthog.runtime.flags.local.matcher;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Checks whether RE2 interprets a regular expression like PostHog's engine, and estimates its size. PostHog's engine
 * supports more syntax, because it uses backtracking, and differs in some cases.
 */
final class RegexCompatibilityChecker {

    /** After a backslash: what only PostHog's engine has, or has for something else. */
    private static final String FOREIGN_ESCAPES = "0123456789kKgGZQEpPRXxuUhHNeC<>";
    /** After a backslash: where PostHog's engine thinks of all scripts. */
    private static final String CLASS_ESCAPES = "dDwWsSbB";

    private static final int MAX_NESTING = 100;

    private final String pattern;
    private final Deque<Long> enclosing = new ArrayDeque<>();
    private int at;
    private boolean portable = true;
    private boolean asciiOnly;
    /** How often the group being read repeats what is in it, and how often what was read last is repeated. */
    private long repeats = 1;
    private long element = 1;

    RegexCompatibilityChecker(String pattern) {
        this.pattern = pattern;
        while (portable && at < pattern.length()) {
            step();
        }
    }

    /** Whether it means the same to both, or is invalid for both. */
    boolean isPortable() {
        return portable;
    }

    /** Whether it is sure to mean the same only in texts of ASCII. */
    boolean isAsciiOnly() {
        return asciiOnly;
    }

    /** No program for it is larger than about this, if it is portable. */
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

    /** Sets within sets, and operations on sets, are none to RE2. */
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

    /** What is not a count is a brace to some, and an error to others. */
    private void count() {
        int end = pattern.indexOf('}', at);
        String range = end < 0 ? "" : pattern.substring(at, end);
        if (!range.matches("[0-9]{1,4}(,[0-9]{0,4})?")) {
            portable = false;
            return;
        }
        at = end + 1;
        long most = 1;
        for (String bound : range.split(",")) {
            most = Math.max(most, Long.parseLong(bound));
        }
        element = saturated(element, most);
        repeats = Math.max(repeats, element);
    }

    private boolean follows(String text) {
        return pattern.startsWith(text, at);
    }

    private static long saturated(long one, long other) {
        return Math.min(Integer.MAX_VALUE, one * other);
    }
}
