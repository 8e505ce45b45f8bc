package io.quarkiverse.posthog.runtime.flags.local.filter;

import io.quarkiverse.posthog.runtime.flags.local.bucketing.BucketingHasher;
import io.quarkiverse.posthog.runtime.flags.local.bucketing.BucketingKey;
import io.quarkiverse.posthog.runtime.flags.local.bucketing.IdHasher;
import io.quarkiverse.posthog.runtime.flags.local.bucketing.IdShare;
import io.quarkiverse.posthog.runtime.flags.local.bucketing.VariantAllocation;
import io.quarkiverse.posthog.runtime.flags.local.matcher.Match;
import io.quarkiverse.posthog.runtime.flags.local.matcher.MatchContext;
import io.quarkiverse.posthog.runtime.flags.local.model.EvaluationInput;
import io.quarkiverse.posthog.runtime.flags.local.model.LocalResult;
import io.quarkiverse.posthog.runtime.flags.local.model.LocalResult.Value;

/** A rule of a flag: predicates that must all match, and the value of the persons that the rule includes. */
public final class Rule {

    /**
     * The persons that the rule includes.
     *
     * @param miss the value for other persons; {@code null} if the next rule decides
     */
    public record Rollout(IdShare share, Value miss) {
    }

    /**
     * The persons that the experiment of a rule excludes.
     *
     * @param value the value for these persons
     */
    public record Exclusion(IdShare share, Value value) {
    }

    /**
     * The values of the rule.
     *
     * @param variants {@code null} if the rule has one value
     * @param values the value of each variant
     */
    public record Values(VariantAllocation variants, Value... values) {
    }

    private final RulePredicate[] targeting;
    private final Value paused;
    private final Exclusion exclusion;
    private final Rollout rollout;
    private final Values values;

    /**
     * @param paused the value of a paused experiment; {@code null} for other rules
     * @param exclusion {@code null} if there is none
     * @param rollout {@code null} if the rule includes all persons
     */
    public Rule(RulePredicate[] targeting, Value paused, Exclusion exclusion, Rollout rollout, Values values) {
        this.targeting = targeting;
        this.paused = paused;
        this.exclusion = exclusion;
        this.rollout = rollout;
        this.values = values;
    }

    /** @return {@code null} if the next rule decides */
    LocalResult decide(EvaluationInput input, MatchContext context, IdHasher hasher) {
        for (RulePredicate predicate : targeting) {
            Match match = predicate.test(input, context);
            if (match != Match.YES) {
                return match == Match.NO ? null : predicate.reason(input);
            }
        }
        if (paused != null) {
            return paused;
        }
        return rollout == null ? values.values()[0] : assign(input, hasher);
    }

    private LocalResult assign(EvaluationInput input, IdHasher hasher) {
        String id = BucketingKey.PERSON.id(input);
        if (id == null) {
            // PostHog does not assign an empty ID
            return input.complete() ? rollout.miss() : BucketingKey.PERSON.missing();
        }
        if (exclusion != null && exclusion.share().includes(hasher, id)) {
            return exclusion.value();
        }
        if (!rollout.share().includes(hasher, id)) {
            return rollout.miss();
        }
        VariantAllocation variants = values.variants();
        return values.values()[variants == null ? 0
                : variants.atOrLast(hasher.hash(rollout.share().prefix(), id, BucketingHasher.VARIANT))];
    }
}
