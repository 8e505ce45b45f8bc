package io.quarkiverse.posthog.runtime.flags.local.matcher;

import java.util.Arrays;

/**
 * A semantic version.
 *
 * @param numbers major, minor and patch
 * @param pre the part after the hyphen; empty for a release
 * @param build the part after the plus sign; empty if there is none
 */
record Semver(long[] numbers, String pre, String build) implements Comparable<Semver> {

    private static final int NUMBERS = 3;
    /** The digits of the largest number, 2^64 - 1. */
    private static final String MAX_NUMBER = "18446744073709551615";

    /**
     * Parses a version like PostHog, which accepts a prefix "v", blanks, missing numbers and leading zeros.
     *
     * @return {@code null} if the text is not a version
     */
    static Semver parse(String text) {
        String version = withoutPrefix(text);
        int end = endOfNumbers(version);
        long[] numbers = numbers(version.substring(0, end));
        return numbers == null ? null : withSuffix(numbers, version.substring(end));
    }

    /** Removes one "v", and then blanks. */
    static String withoutPrefix(String text) {
        return text.substring(text.startsWith("v") ? 1 : 0).strip();
    }

    static int endOfNumbers(String version) {
        for (int i = 0; i < version.length(); i++) {
            if (version.charAt(i) == '-' || version.charAt(i) == '+') {
                return i;
            }
        }
        return version.length();
    }

    private static long[] numbers(String text) {
        long[] numbers = new long[NUMBERS];
        int count = 0;
        int start = 0;
        for (int i = 0; i <= text.length(); i++) {
            if (i == text.length() || text.charAt(i) == '.') {
                if (count == NUMBERS || !isNumber(text, start, i)) {
                    return null;
                }
                numbers[count] = Long.parseUnsignedLong(text, start, i, 10);
                count++;
                start = i + 1;
            }
        }
        return numbers;
    }

    /** Returns whether a part of the text is a number of up to 64 bits, with any leading zeros. */
    static boolean isNumber(String text, int start, int end) {
        if (start == end) {
            return false;
        }
        int first = start;
        while (first < end && text.charAt(first) == '0') {
            first++;
        }
        for (int i = first; i < end; i++) {
            if (!isDigit(text.charAt(i))) {
                return false;
            }
        }
        int length = end - first;
        return length < MAX_NUMBER.length()
                || length == MAX_NUMBER.length() && text.substring(first, end).compareTo(MAX_NUMBER) <= 0;
    }

    /** @return {@code null} if the suffix is not valid */
    static Semver withSuffix(long[] numbers, String suffix) {
        int plus = suffix.indexOf('+');
        String pre = plus < 0 ? suffix : suffix.substring(0, plus);
        String build = plus < 0 ? "" : suffix.substring(plus + 1);
        boolean valid = (pre.isEmpty() || SemverIdentifiers.areValid(pre.substring(1), false))
                && (plus < 0 || SemverIdentifiers.areValid(build, true));
        return valid ? new Semver(numbers, pre.isEmpty() ? "" : pre.substring(1), build) : null;
    }

    boolean isRelease() {
        return pre.isEmpty();
    }

    boolean hasNumbersOf(Semver other) {
        return Arrays.equals(numbers, other.numbers);
    }

    /** Compares like PostHog, which also orders versions by their build metadata. */
    @Override
    public int compareTo(Semver other) {
        int result = compareNumbers(other, NUMBERS);
        if (result == 0) {
            result = comparePre(other);
        }
        return result != 0 ? result : SemverIdentifiers.compareBuild(build, other.build);
    }

    int compareNumbers(Semver other, int count) {
        int result = 0;
        for (int i = 0; i < count && result == 0; i++) {
            result = Long.compareUnsigned(numbers[i], other.numbers[i]);
        }
        return result;
    }

    int comparePre(Semver other) {
        return SemverIdentifiers.comparePre(pre, other.pre);
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }
}
