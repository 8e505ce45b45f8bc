package io.quarkiverse.posthog.runtime.flags.local;

import java.time.InstantSource;

/** Compares the value of a property with what a filter asks for: one kind per family of operators. */
sealed interface PropertyMatcher
        permits Equality, TextSearch, RegexMatcher, NumberRange, DateComparison, SemverRange, PropertyMatcher.Always {

    /**
     * @param value not null
     * @return unknown when this value cannot be compared
     */
    Match match(Object value, InstantSource time);

    /** Whether the property is there is all that counts. */
    record Always(Match answer) implements PropertyMatcher {

        @Override
        public Match match(Object value, InstantSource time) {
            return answer;
        }
    }
}
