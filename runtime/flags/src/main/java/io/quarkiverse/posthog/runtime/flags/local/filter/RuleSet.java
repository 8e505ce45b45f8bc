package io.quarkiverse.posthog.runtime.flags.local.filter;

import io.quarkiverse.posthog.runtime.flags.local.bucketing.IdHasher;
import io.quarkiverse.posthog.runtime.flags.local.matcher.MatchContext;
import io.quarkiverse.posthog.runtime.flags.local.model.EvaluationInput;
import io.quarkiverse.posthog.runtime.flags.local.model.LocalResult;
import io.quarkiverse.posthog.runtime.flags.local.model.LocalResult.Value;

/** The ordered rules of a flag. The first rule that includes the person decides. */
public final class RuleSet {

    private final Rule[] rules;
    private final Value otherwise;

    /** @param otherwise the value if no rule decides */
    public RuleSet(Rule[] rules, Value otherwise) {
        this.rules = rules;
        this.otherwise = otherwise;
    }

    /**
     * Evaluates the rules until one of them decides. A rule that cannot be evaluated ends the evaluation, as in PostHog.
     *
     * @param context the time, and the time zone of the project
     */
    public LocalResult evaluate(EvaluationInput input, MatchContext context, IdHasher hasher) {
        for (Rule rule : rules) {
            LocalResult result = rule.decide(input, context, hasher);
            if (result != null) {
                return result;
            }
        }
        return otherwise;
    }
}
