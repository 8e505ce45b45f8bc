package io.quarkiverse.posthog.runtime.lua;

/**
 * An upper bound of the size of a compiled pattern. RE2 expands repetitions, so that a short pattern can become very large.
 */
final class RegexSize {

    private static final int CLASS = 4;
    private static final long MAX = 1_000_000_000;

    private final String pattern;
    private int position;

    private RegexSize(String pattern) {
        this.pattern = pattern;
    }

    static long of(String pattern) {
        RegexSize size = new RegexSize(pattern);
        long total = 0;
        while (size.position < pattern.length()) {
            total = Math.min(MAX, total + size.sequence());
            // A closing parenthesis without an opening one is an error of the pattern
            size.position++;
        }
        return total;
    }

    private long sequence() {
        long total = 0;
        while (position < pattern.length() && pattern.charAt(position) != ')') {
            long size = atom();
            total = Math.min(MAX, total + Math.min(MAX, size * repetition()));
        }
        return total;
    }

    private long atom() {
        char c = pattern.charAt(position++);
        switch (c) {
            case '(' -> {
                long group = sequence() + 2;
                position++;
                return group;
            }
            case '[' -> {
                skipClass();
                return CLASS;
            }
            case '\\' -> {
                if (pattern.startsWith("Q", position)) {
                    int end = pattern.indexOf("\\E", position);
                    int length = (end < 0 ? pattern.length() : end) - position;
                    position = end < 0 ? pattern.length() : end + 2;
                    return length + 1;
                }
                position++;
                return CLASS;
            }
            default -> {
                return 2;
            }
        }
    }

    private void skipClass() {
        if (pattern.startsWith("^", position)) {
            position++;
        }
        int first = position;
        while (position < pattern.length() && (pattern.charAt(position) != ']' || position == first)) {
            if (pattern.startsWith("[:", position)) {
                int end = pattern.indexOf(":]", position);
                position = end < 0 ? position + 1 : end + 2;
            } else {
                position += pattern.charAt(position) == '\\' ? 2 : 1;
            }
        }
        position++;
    }

    /** Returns the number of copies of the atom before this position. */
    private long repetition() {
        long copies = 1;
        while (position < pattern.length() && "*+?{".indexOf(pattern.charAt(position)) >= 0) {
            if (pattern.charAt(position) == '{') {
                int end = pattern.indexOf('}', position);
                String[] bounds = end < 0 ? new String[0] : pattern.substring(position + 1, end).split(",", -1);
                if (bounds.length == 0 || bounds.length > 2 || !bounds[0].matches("\\d{1,9}")) {
                    // A literal brace
                    return copies;
                }
                String last = bounds[bounds.length - 1];
                long most = last.matches("\\d{1,9}") ? Long.parseLong(last) : Long.parseLong(bounds[0]) + 1;
                copies = Math.min(MAX, copies * Math.max(1, most));
                position = end + 1;
            } else {
                copies = Math.min(MAX, copies + 1);
                position++;
            }
        }
        return copies;
    }
}
