package io.quarkiverse.posthog.runtime.flags.local.filter;

import io.quarkiverse.posthog.runtime.flags.local.bucketing.BucketingHasher;
import io.quarkiverse.posthog.runtime.flags.local.bucketing.BucketingKey;
import io.quarkiverse.posthog.runtime.flags.local.bucketing.VariantAllocation;
import io.quarkiverse.posthog.runtime.flags.local.matcher.Match;
import io.quarkiverse.posthog.runtime.flags.local.model.EvaluationInput;
import io.quarkiverse.posthog.runtime.flags.local.model.LocalResult.Inconclusive;
import io.quarkiverse.posthog.runtime.flags.local.model.LocalResult.Value;
import io.quarkiverse.posthog.runtime.flags.local.model.MatchReason;

/** One set of conditions of a flag: filters that must all match, and a part of the ids. */
public final class Condition {

    enum Outcome {
        MATCH,
        NO_MATCH,
        /** The filters match; the id is in the part that is left out. */
        LEFT_OUT,
        /** The id is left out; whether the filters match is not known. */
        PERHAPS_LEFT_OUT,
        UNKNOWN,
        SERVER
    }

    private final Filter[] filters;
    private final BucketingKey bucketing;
    /** Whether it is about others than the flag as a whole. */
    private final boolean mixed;
    /** As a fraction; NaN for everybody. */
    private final double rollout;
    /** The index of the variant; {@link VariantAllocation#NONE} when the hash decides. */
    private final int variant;
    private final Value leftOut;
    private final Inconclusive noProperties;

    public Condition(Filter[] filters, BucketingKey bucketing, boolean mixed, Double percentage, int variant, int index) {
        this.filters = filters;
        this.bucketing = bucketing;
        this.mixed = mixed;
        this.rollout = percentage == null || percentage >= 100 ? Double.NaN : percentage / 100;
        this.variant = variant;
        this.leftOut = Value.off(MatchReason.OUT_OF_ROLLOUT_BOUND, index);
        this.noProperties = mixed && bucketing.group() != null
                ? Inconclusive.because("no properties of the group of type '" + bucketing.group() + "' are given")
                : null;
    }

    boolean isMixed() {
        return mixed;
    }

    Value leftOut() {
        return leftOut;
    }

    Outcome test(EvaluationRun pass, CompiledFlag flag) {
        EvaluationInput input = pass.input();
        String id = bucketing.id(input);
        if (id == null) {
            if (mixed && bucketing.kind() == BucketingKey.Kind.GROUP && !bucketing.isUnknown()) {
                // It is about groups, and this is none
                return Outcome.NO_MATCH;
            }
            pass.undecided(Match.UNKNOWN, bucketing.missing());
            return input.complete() ? Outcome.NO_MATCH : Outcome.UNKNOWN;
        }
        if (mixed && bucketing.kind() == BucketingKey.Kind.GROUP && !input.complete()
                && input.groupProperties().get(bucketing.group()) == null) {
            pass.undecided(Match.UNKNOWN, noProperties);
            return Outcome.UNKNOWN;
        }
        Match match = filters(pass);
        return switch (match) {
            case NO -> Outcome.NO_MATCH;
            case SERVER -> Outcome.SERVER;
            case YES -> includes(pass, flag, id) ? Outcome.MATCH : Outcome.LEFT_OUT;
            case UNKNOWN -> includes(pass, flag, id) ? Outcome.UNKNOWN : Outcome.PERHAPS_LEFT_OUT;
        };
    }

    /** One that does not match decides, whatever is not known of the others. */
    private Match filters(EvaluationRun pass) {
        Match all = Match.YES;
        for (Filter filter : filters) {
            Match match = filter.test(pass);
            if (match == Match.NO || match == Match.SERVER && all == Match.YES) {
                return match;
            }
            if (match != Match.YES) {
                all = Match.UNKNOWN;
            }
        }
        return all;
    }

    private boolean includes(EvaluationRun pass, CompiledFlag flag, String id) {
        if (Double.isNaN(rollout)) {
            return true;
        }
        return rollout > 0 && pass.hash().of(flag.hashPrefix(), id, BucketingHasher.NO_SALT) <= rollout;
    }

    /** The value of the flag for one whom this condition matches. */
    Value value(EvaluationRun pass, CompiledFlag flag) {
        int index = variant;
        if (index == VariantAllocation.NONE && flag.variants().size() > 0) {
            index = flag.variants().at(pass.hash().of(flag.hashPrefix(), bucketing.id(pass.input()), BucketingHasher.VARIANT));
        }
        String key = index == VariantAllocation.NONE || flag.variants().key(index).isEmpty() ? null
                : flag.variants().key(index);
        // Not prepared: a flag with many conditions and many variants would need memory for each pair of them
        return new Value(true, key, flag.info().payload(key), MatchReason.CONDITION_MATCH, leftOut.conditionIndex());
    }
}
