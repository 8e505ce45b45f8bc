package io.quarkiverse.posthog.runtime.flags.local.matcher;

import java.util.function.Predicate;

/** Matches versions. A value that is not a version does not match. */
record SemverMatcher(Predicate<Semver> matches) implements PropertyMatcher {

    /** @return {@code null} if the text is not valid for the operator */
    static SemverMatcher of(Operator operator, String text) {
        if (operator == Operator.SEMVER_TILDE || operator == Operator.SEMVER_CARET
                || operator == Operator.SEMVER_WILDCARD) {
            SemverRequirement requirement = SemverRequirement.parse(operator, text);
            return requirement == null ? null : new SemverMatcher(requirement::matches);
        }
        Semver version = Semver.parse(text);
        if (version == null) {
            return null;
        }
        return new SemverMatcher(switch (operator) {
            case SEMVER_EQ -> other -> other.compareTo(version) == 0;
            case SEMVER_NEQ -> other -> other.compareTo(version) != 0;
            case SEMVER_GT -> other -> other.compareTo(version) > 0;
            case SEMVER_GTE -> other -> other.compareTo(version) >= 0;
            case SEMVER_LT -> other -> other.compareTo(version) < 0;
            case SEMVER_LTE -> other -> other.compareTo(version) <= 0;
            default -> throw new IllegalArgumentException(operator.code());
        });
    }

    @Override
    public Match match(Object value, MatchContext context) {
        String text = PropertyStringifier.of(value);
        if (text == null) {
            return Match.UNKNOWN;
        }
        Semver version = Semver.parse(text);
        return Match.of(version != null && matches.test(version));
    }
}
