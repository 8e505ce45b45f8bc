package io.quarkiverse.posthog.runtime.flags.local.matcher;

/**
 * A part of a version requirement, as Cargo interprets it.
 *
 * @param version the version; numbers that the comparator does not contain are 0
 * @param count the count of numbers that the comparator contains, from 1 to 3
 */
record SemverComparator(Op op, Semver version, int count) {

    enum Op {
        /** All numbers of the comparator are equal. */
        EXACT,
        GREATER,
        GREATER_EQUAL,
        LESS,
        LESS_EQUAL,
        /** All numbers but the last one are equal, and the last one is not less. */
        TILDE,
        /** The leftmost number that is not 0 is equal, and the version is not less. */
        CARET
    }

    private static final int NUMBERS = 3;

    boolean matches(Semver other) {
        return switch (op) {
            case EXACT -> isEqual(other);
            case GREATER -> compare(other) > 0;
            case GREATER_EQUAL -> isEqual(other) || compare(other) > 0;
            case LESS -> compare(other) < 0;
            case LESS_EQUAL -> isEqual(other) || compare(other) < 0;
            case TILDE -> isAtLeast(other, Math.min(count, 2));
            case CARET -> isAtLeast(other, fixedNumbers());
        };
    }

    /** Returns whether the comparator permits a pre-release, because it contains one of the same numbers. */
    boolean permits(Semver preRelease) {
        return count == NUMBERS && !version.isRelease() && preRelease.hasNumbersOf(version);
    }

    private boolean isEqual(Semver other) {
        return other.compareNumbers(version, count) == 0 && other.comparePre(version) == 0;
    }

    /** Compares a version with the comparator. A number that the comparator does not contain is neither less nor greater. */
    private int compare(Semver other) {
        int numbers = other.compareNumbers(version, count);
        return numbers != 0 || count < NUMBERS ? numbers : other.comparePre(version);
    }

    private boolean isAtLeast(Semver other, int fixed) {
        return other.compareNumbers(version, fixed) == 0 && compare(other) >= 0;
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
