package io.quarkiverse.posthog.runtime.flags.local.matcher;

/** Compares the value of a property with what a filter asks for: one kind per family of operators. */
public sealed interface PropertyMatcher
        permits EqualityMatcher, TextSearchMatcher, RegexMatcher, NumberRangeMatcher, DateComparisonMatcher, SemverRangeMatcher,
        PropertyMatcher.Always {

    /**
     * @param value not null
     * @param context the evaluation it is part of
     * @return unknown when this value cannot be compared
     */
    Match match(Object value, MatchContext context);

    /** Whether the property is there is all that counts. */
    record Always(Match answer) implements PropertyMatcher {

        @Override
        public Match match(Object value, MatchContext context) {
            return answer;
        }
    }
}
