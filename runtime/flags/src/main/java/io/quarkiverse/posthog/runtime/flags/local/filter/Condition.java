package io.quarkiverse.posthog.runtime.flags.local.filter;

import io.quarkiverse.posthog.runtime.flags.local.bucketing.BucketingHasher;
import io.quarkiverse.posthog.runtime.flags.local.bucketing.BucketingKey;
import io.quarkiverse.posthog.runtime.flags.local.bucketing.VariantAllocation;
import io.quarkiverse.posthog.runtime.flags.local.matcher.Match;
import io.quarkiverse.posthog.runtime.flags.local.model.EvaluationInput;
import io.quarkiverse.posthog.runtime.flags.local.model.LocalResult.Inconclusive;
import io.quarkiverse.posthog.runtime.flags.local.model.LocalResult.Value;
import io.quarkiverse.posthog.runtime.flags.local.model.MatchReason;

/** A condition set of a flag: filters that must all match, and a rollout. */
public final class Condition {

    enum Outcome {
        MATCH,
        NO_MATCH,
        /** The filters match, but the ID is not in the rollout. */
        OUT_OF_ROLLOUT,
        /** The ID is not in the rollout, and it is unknown whether the filters match. */
        MAYBE_OUT_OF_ROLLOUT,
        UNKNOWN,
        SERVER
    }

    private final Filter[] filters;
    private final BucketingKey bucketing;
    /** Whether the condition set has another bucketing key than the flag. */
    private final boolean mixed;
    /** The rollout as a fraction; NaN for all IDs. */
    private final double rollout;
    /** The index of the fixed variant; {@link VariantAllocation#NONE} if the hash determines the variant. */
    private final int variant;
    private final Value outOfRollout;
    private final Inconclusive noProperties;

    public Condition(Filter[] filters, BucketingKey bucketing, boolean mixed, Double percentage, int variant, int index) {
        this.filters = filters;
        this.bucketing = bucketing;
        this.mixed = mixed;
        this.rollout = percentage == null || percentage >= 100 ? Double.NaN : percentage / 100;
        this.variant = variant;
        this.outOfRollout = Value.off(MatchReason.OUT_OF_ROLLOUT_BOUND, index);
        this.noProperties = mixed && bucketing.group() != null
                ? Inconclusive.missing("the properties of the group of type '" + bucketing.group() + "' are missing")
                : null;
    }

    boolean isMixed() {
        return mixed;
    }

    Value outOfRollout() {
        return outOfRollout;
    }

    Outcome test(EvaluationRun run, CompiledFlag flag) {
        EvaluationInput input = run.input();
        String id = bucketing.id(input);
        if (id == null) {
            if (mixed && bucketing.kind() == BucketingKey.Kind.GROUP && !bucketing.isUnknown()) {
                // The condition set is for groups, and the input has no such group
                return Outcome.NO_MATCH;
            }
            run.inconclusive(Match.UNKNOWN, bucketing.missing());
            return input.complete() ? Outcome.NO_MATCH : Outcome.UNKNOWN;
        }
        Match match = lacksProperties(input) ? run.inconclusive(Match.UNKNOWN, noProperties) : filters(run);
        return switch (match) {
            case NO -> Outcome.NO_MATCH;
            case SERVER -> Outcome.SERVER;
            case YES -> includes(run, flag, id) ? Outcome.MATCH : Outcome.OUT_OF_ROLLOUT;
            case UNKNOWN -> includes(run, flag, id) ? Outcome.UNKNOWN : Outcome.MAYBE_OUT_OF_ROLLOUT;
        };
    }

    /** Returns whether the condition set is for another subject than the flag: a group without any properties. */
    private boolean lacksProperties(EvaluationInput input) {
        return noProperties != null && !input.complete() && input.groupProperties().get(bucketing.group()) == null;
    }

    /** Tests all filters. A filter that does not match decides, even if others are unknown. */
    private Match filters(EvaluationRun run) {
        Match all = Match.YES;
        for (Filter filter : filters) {
            Match match = filter.test(run);
            if (match == Match.NO || match == Match.SERVER && all == Match.YES) {
                return match;
            }
            if (match != Match.YES) {
                all = Match.UNKNOWN;
            }
        }
        return all;
    }

    /** Returns whether it is unknown if the rollout includes the ID, because the ID is missing. */
    boolean isRolloutUnknown(EvaluationRun run) {
        return !Double.isNaN(rollout) && bucketing.id(run.input()) == null;
    }

    private boolean includes(EvaluationRun run, CompiledFlag flag, String id) {
        if (Double.isNaN(rollout)) {
            return true;
        }
        return rollout > 0 && run.hasher().hash(flag.hashPrefix(), id, BucketingHasher.NO_SALT) <= rollout;
    }

    /**
     * Returns the value of the flag if this condition set matches.
     *
     * @return {@code null} if the ID is missing that determines the variant
     */
    Value valueIfKnown(EvaluationRun run, CompiledFlag flag) {
        return isHashed(flag) && bucketing.id(run.input()) == null ? null : value(run, flag);
    }

    private boolean isHashed(CompiledFlag flag) {
        return variant == VariantAllocation.NONE && flag.variants().size() > 0;
    }

    /** Returns the value of the flag if this condition set matches. */
    Value value(EvaluationRun run, CompiledFlag flag) {
        int index = variant;
        if (isHashed(flag)) {
            index = flag.variants()
                    .at(run.hasher().hash(flag.hashPrefix(), bucketing.id(run.input()), BucketingHasher.VARIANT));
        }
        String key = index == VariantAllocation.NONE ? null : flag.variants().key(index);
        // Not created in advance, because that would need memory for each pair of condition set and variant
        return new Value(true, key, flag.info().payload(key), MatchReason.CONDITION_MATCH, outOfRollout.conditionIndex());
    }
}
