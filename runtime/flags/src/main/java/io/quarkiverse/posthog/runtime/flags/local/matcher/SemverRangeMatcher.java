package io.quarkiverse.posthog.runtime.flags.local.matcher;

/**
 * Matches versions in a range. All version operators are ranges.
 *
 * @param from the first version in the range
 * @param to the first version after the range; {@code null} for an open range
 * @param outside whether to match the versions outside the range
 */
record SemverRangeMatcher(Semver from, Semver to, boolean outside) implements PropertyMatcher {

    private static final Semver FIRST = new Semver(0, 0, 0);

    /** @return {@code null} if the text is not valid for the operator */
    static SemverRangeMatcher of(Operator operator, String text) {
        if (operator == Operator.SEMVER_WILDCARD) {
            return Semver.wildcard(text);
        }
        Semver version = Semver.parse(text);
        if (version == null) {
            return null;
        }
        return switch (operator) {
            case SEMVER_EQ -> new SemverRangeMatcher(version, version.nextPatch(), false);
            case SEMVER_NEQ -> new SemverRangeMatcher(version, version.nextPatch(), true);
            case SEMVER_GT -> new SemverRangeMatcher(version.nextPatch(), null, false);
            case SEMVER_GTE -> new SemverRangeMatcher(version, null, false);
            case SEMVER_LT -> new SemverRangeMatcher(FIRST, version, false);
            case SEMVER_LTE -> new SemverRangeMatcher(FIRST, version.nextPatch(), false);
            case SEMVER_TILDE -> new SemverRangeMatcher(version, version.nextMinor(), false);
            case SEMVER_CARET -> new SemverRangeMatcher(version, version.nextIncompatible(), false);
            default -> null;
        };
    }

    @Override
    public Match match(Object value, MatchContext context) {
        String text = PropertyStringifier.of(value);
        Semver version = text == null ? null : Semver.parse(text);
        if (version == null) {
            return Match.UNKNOWN;
        }
        boolean inside = version.compareTo(from) >= 0 && (to == null || version.compareTo(to) < 0);
        return Match.of(inside != outside);
    }
}
