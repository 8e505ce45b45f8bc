package io.quarkiverse.posthog.runtime.flags.local.matcher;

/**
 * A version requirement as Cargo interprets it.
 *
 * @param kind how versions are compared with the version of the requirement
 * @param version the version; numbers that the requirement does not contain are 0
 * @param count the count of numbers that the requirement contains; 0 for a requirement that all releases fulfill
 */
record SemverRequirement(Kind kind, Semver version, int count) {

    enum Kind {
        /** All numbers of the requirement are equal. */
        EXACT,
        /** All numbers but the last one are equal, and the last one is not less. */
        TILDE,
        /** The leftmost number that is not 0 is equal, and the version is not less. */
        CARET
    }

    private static final int NUMBERS = 3;
    private static final String WILDCARDS = "*xX";

    /** @return {@code null} if the text is not a requirement, or contains several requirements or other operators */
    static SemverRequirement parse(Operator operator, String text) {
        String version = Semver.withoutPrefix(text);
        if (operator == Operator.SEMVER_WILDCARD) {
            return version.length() == 1 && WILDCARDS.contains(version)
                    ? new SemverRequirement(Kind.EXACT, new Semver(new long[NUMBERS], "", ""), 0)
                    : parse(null, version, false);
        }
        return parse(operator == Operator.SEMVER_TILDE ? Kind.TILDE : Kind.CARET, version, true);
    }

    /**
     * Parses the numbers, which wildcards can follow.
     *
     * @param given {@code null} if the requirement has no operator
     * @param padded whether missing numbers are 0
     */
    private static SemverRequirement parse(Kind given, String text, boolean padded) {
        int end = Semver.endOfNumbers(text);
        String[] parts = text.substring(0, end).split("\\.", -1);
        int missing = padded ? Math.max(0, NUMBERS - parts.length) : 0;
        long[] numbers = new long[NUMBERS];
        int count = 0;
        boolean wildcard = false;
        for (String part : parts) {
            if (count > 0 && part.length() == 1 && WILDCARDS.contains(part)) {
                wildcard = true;
            } else if (wildcard || count == NUMBERS || !Semver.isNumber(part, 0, part.length())) {
                return null;
            } else {
                numbers[count++] = Long.parseUnsignedLong(part);
            }
        }
        String suffix = text.substring(end);
        boolean valid = parts.length <= NUMBERS && !(wildcard && missing > 0)
                && (suffix.isEmpty() || !wildcard && count + missing == NUMBERS);
        Semver version = valid ? Semver.withSuffix(numbers, suffix) : null;
        Kind kind = given != null ? given : wildcard ? Kind.EXACT : Kind.CARET;
        return version == null ? null : new SemverRequirement(kind, version, count + missing);
    }

    boolean matches(Semver other) {
        // A pre-release fulfills only a requirement with a pre-release of the same numbers
        boolean comparable = other.isRelease() || count == NUMBERS && !version.isRelease() && other.hasNumbersOf(version);
        return comparable && switch (kind) {
            case EXACT -> other.compareNumbers(version, count) == 0 && other.comparePre(version) == 0;
            case TILDE -> isAtLeast(other, Math.min(count, 2));
            case CARET -> isAtLeast(other, fixedNumbers());
        };
    }

    private boolean isAtLeast(Semver other, int fixed) {
        if (other.compareNumbers(version, fixed) != 0) {
            return false;
        }
        int numbers = other.compareNumbers(version, count);
        return numbers > 0 || numbers == 0 && (count < NUMBERS || other.comparePre(version) >= 0);
    }

    /** Returns the count of numbers that must be equal: up to the first one that is not 0. */
    private int fixedNumbers() {
        for (int i = 0; i < count; i++) {
            if (version.numbers()[i] != 0) {
                return i + 1;
            }
        }
        return count;
    }
}
