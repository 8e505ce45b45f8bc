package io.quarkiverse.posthog.runtime.flags.local.matcher;

/** A version of three numbers. The part after a hyphen or a plus sign is ignored. */
record Semver(long major, long minor, long patch) implements Comparable<Semver> {

    /** The maximum number of digits for which the next number does not overflow. */
    private static final int MAX_DIGITS = 18;

    /** @return {@code null} if the text is not a version */
    static Semver parse(String text) {
        String core = core(text);
        long[] numbers = new long[3];
        int count = numbers(core, core.length(), numbers);
        return count < 1 ? null : new Semver(numbers[0], numbers[1], numbers[2]);
    }

    /**
     * Returns the versions that a pattern such as 1.* or 1.2.* matches.
     *
     * @return {@code null} if the text is not such a pattern
     */
    static SemverRangeMatcher wildcard(String text) {
        String core = withoutPrefix(text);
        int end = core.length();
        while (end > 1 && core.charAt(end - 1) == '*' && core.charAt(end - 2) == '.') {
            end -= 2;
        }
        long[] numbers = new long[3];
        int count = end == core.length() ? -1 : numbers(core, end, numbers);
        boolean wellFormed = count == 1 && core.length() - end <= 4 || count == 2 && core.length() - end == 2;
        if (!wellFormed) {
            return null;
        }
        Semver from = new Semver(numbers[0], numbers[1], 0);
        return new SemverRangeMatcher(from, count == 1 ? from.nextMajor() : from.nextMinor(), false);
    }

    Semver nextMajor() {
        return new Semver(major + 1, 0, 0);
    }

    Semver nextMinor() {
        return new Semver(major, minor + 1, 0);
    }

    Semver nextPatch() {
        return new Semver(major, minor, patch + 1);
    }

    /** Returns the first incompatible version, in which the leftmost number that is not 0 has changed. */
    Semver nextIncompatible() {
        return major > 0 ? nextMajor() : minor > 0 ? nextMinor() : nextPatch();
    }

    @Override
    public int compareTo(Semver other) {
        int result = Long.compare(major, other.major);
        if (result == 0) {
            result = Long.compare(minor, other.minor);
        }
        return result != 0 ? result : Long.compare(patch, other.patch);
    }

    private static String withoutPrefix(String text) {
        String trimmed = text.strip();
        int start = 0;
        while (start < trimmed.length() && (trimmed.charAt(start) == 'v' || trimmed.charAt(start) == 'V')) {
            start++;
        }
        return trimmed.substring(start);
    }

    private static String core(String text) {
        String core = withoutPrefix(text);
        for (int i = 0; i < core.length(); i++) {
            if (core.charAt(i) == '-' || core.charAt(i) == '+') {
                return core.substring(0, i);
            }
        }
        return core;
    }

    /** @return the count of numbers, of which the first three are read; -1 if one of them is not a number */
    private static int numbers(String text, int end, long[] into) {
        int count = 0;
        int start = 0;
        for (int i = 0; i <= end; i++) {
            if (i == end || text.charAt(i) == '.') {
                long number = count < into.length ? number(text, start, i) : 0;
                if (number < 0) {
                    return -1;
                }
                if (count < into.length) {
                    into[count] = number;
                }
                count++;
                start = i + 1;
            }
        }
        return count;
    }

    private static long number(String text, int start, int end) {
        boolean leadingZero = end - start > 1 && text.charAt(start) == '0';
        if (end == start || end - start > MAX_DIGITS || leadingZero) {
            return -1;
        }
        long number = 0;
        for (int i = start; i < end; i++) {
            char c = text.charAt(i);
            if (c < '0' || c > '9') {
                return -1;
            }
            number = number * 10 + c - '0';
        }
        return number;
    }
}
