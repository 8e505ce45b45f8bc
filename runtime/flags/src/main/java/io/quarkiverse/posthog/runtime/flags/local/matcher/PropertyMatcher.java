package io.quarkiverse.posthog.runtime.flags.local.matcher;

/** Compares the value of a property with the value of a filter. Each family of operators has an implementation. */
public sealed interface PropertyMatcher
        permits EqualityMatcher, TruthMatcher, TextSearchMatcher, RegexMatcher, NumberRangeMatcher, DateComparisonMatcher,
        SemverMatcher, PropertyMatcher.Always {

    /**
     * @param value the value of the property, which can be {@code null}
     * @return {@link Match#UNKNOWN} if the value cannot be compared
     */
    Match match(Object value, MatchContext context);

    /** Returns the same result for all values of an existing property. */
    record Always(Match result) implements PropertyMatcher {

        @Override
        public Match match(Object value, MatchContext context) {
            return result;
        }
    }
}
