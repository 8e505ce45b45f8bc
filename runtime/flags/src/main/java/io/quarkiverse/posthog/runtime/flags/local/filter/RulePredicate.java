package io.quarkiverse.posthog.runtime.flags.local.filter;

import io.quarkiverse.posthog.runtime.flags.local.matcher.Match;
import io.quarkiverse.posthog.runtime.flags.local.matcher.MatchContext;
import io.quarkiverse.posthog.runtime.flags.local.matcher.Operator;
import io.quarkiverse.posthog.runtime.flags.local.matcher.PropertyMatcher;
import io.quarkiverse.posthog.runtime.flags.local.model.EvaluationInput;
import io.quarkiverse.posthog.runtime.flags.local.model.InconclusiveCause;
import io.quarkiverse.posthog.runtime.flags.local.model.LocalResult.Inconclusive;

/** Tests a property of the person for a rule. In contrast to a filter of a condition set, an unknown result is an error. */
public final class RulePredicate {

    private final String key;
    private final PropertyMatcher matcher;
    private final Match onAbsent;
    private final boolean negated;
    private final Inconclusive absent;
    private final Inconclusive failed;

    public RulePredicate(String key, Operator operator, PropertyMatcher matcher, boolean negated) {
        this.key = key;
        this.matcher = matcher;
        this.onAbsent = Match.of(operator.matchesAbsence());
        this.negated = negated;
        this.absent = Inconclusive.missing("property '" + key + "' " + PropertySource.PERSON + " is missing");
        this.failed = matcher instanceof PropertyMatcher.Always
                ? Inconclusive.because("the value of the filter on '" + key + "' cannot be used with " + operator.code(),
                        InconclusiveCause.FAILED_FILTER)
                : Inconclusive.missing("property '" + key + "' " + PropertySource.PERSON
                        + " has a value that cannot be compared with " + operator.code());
    }

    /** @return {@link Match#UNKNOWN} if the person cannot be evaluated by this rule, nor by any rule after it */
    Match test(EvaluationInput input, MatchContext context) {
        Object value = value(input);
        Match match = value != PropertySource.ABSENT ? matcher.match(value, context)
                : input.complete() ? onAbsent : Match.UNKNOWN;
        return negated ? match.not() : match;
    }

    /** Returns the reason for an unknown result. */
    Inconclusive reason(EvaluationInput input) {
        return value(input) == PropertySource.ABSENT ? absent : failed;
    }

    /** With incomplete input, PostHog may have stored another value than the distinct ID. */
    private Object value(EvaluationInput input) {
        return input.complete() ? PropertySource.PERSON.value(input, key) : PropertySource.PERSON.given(input, key);
    }
}
