package io.quarkiverse.posthog.runtime.flags.local.filter;

import java.nio.charset.StandardCharsets;

import io.quarkiverse.posthog.runtime.flags.local.bucketing.BucketingKey;
import io.quarkiverse.posthog.runtime.flags.local.bucketing.Holdout;
import io.quarkiverse.posthog.runtime.flags.local.bucketing.VariantAllocation;
import io.quarkiverse.posthog.runtime.flags.local.model.FlagMetadata;
import io.quarkiverse.posthog.runtime.flags.local.model.LocalResult;
import io.quarkiverse.posthog.runtime.flags.local.model.LocalResult.Inconclusive;
import io.quarkiverse.posthog.runtime.flags.local.model.LocalResult.Value;
import io.quarkiverse.posthog.runtime.flags.local.model.MatchReason;

/** The rules of a flag, ready to be evaluated. */
public final class CompiledFlag {

    /**
     * @param enrollment null when the flag is not in early access
     * @param holdout null when the flag has none
     */
    public record Rules(BucketingKey bucketing, EarlyAccessEnrollment enrollment, Holdout holdout, VariantAllocation variants,
            Condition[] conditions,
            boolean earlyExit) {
    }

    private static final Value NO_MATCH = Value.off(MatchReason.NO_CONDITION_MATCH, Value.NO_CONDITION);
    private static final Value NO_GROUP = Value.off(MatchReason.NO_GROUP_TYPE, Value.NO_CONDITION);
    private static final Inconclusive KEPT = Inconclusive
            .because("the flag has experience continuity, which only PostHog can evaluate");

    private final FlagMetadata info;
    private final byte[] hashPrefix;
    private final LocalResult fixed;
    private final Rules rules;
    private final boolean mixed;

    private CompiledFlag(FlagMetadata info, LocalResult fixed, Rules rules) {
        this.info = info;
        this.hashPrefix = (info.key() + ".").getBytes(StandardCharsets.UTF_8);
        this.fixed = fixed;
        this.rules = rules;
        boolean anyMixed = false;
        if (rules != null) {
            for (Condition condition : rules.conditions()) {
                anyMixed |= condition.isMixed();
            }
        }
        this.mixed = anyMixed;
    }

    /** A flag that is the same for everybody. */
    public static CompiledFlag fixed(FlagMetadata info, LocalResult result) {
        return new CompiledFlag(info, result, null);
    }

    public static CompiledFlag of(FlagMetadata info, Rules rules) {
        return new CompiledFlag(info, null, rules);
    }

    /** A flag whose rules are of use only to those who know which id somebody had at first. */
    public static CompiledFlag kept(FlagMetadata info, Rules rules) {
        return new CompiledFlag(info, KEPT, rules);
    }

    public FlagMetadata info() {
        return info;
    }

    byte[] hashPrefix() {
        return hashPrefix;
    }

    VariantAllocation variants() {
        return rules.variants();
    }

    public LocalResult evaluate(EvaluationRun pass) {
        boolean complete = pass.input().complete();
        if (fixed != null && (rules == null || !complete)) {
            return fixed;
        }
        if (rules.enrollment() != null) {
            LocalResult chosen = rules.enrollment().result(pass.input());
            // Where nothing is known of a choice, the conditions cannot tell either; where there is none, they decide
            if (!complete || chosen instanceof Value) {
                return chosen;
            }
        }
        BucketingKey bucketing = rules.bucketing();
        boolean needsGroup = bucketing.kind() == BucketingKey.Kind.GROUP && !mixed;
        if (rules.holdout() != null || needsGroup) {
            String id = bucketing.id(pass.input());
            if (id == null && (needsGroup || !complete)) {
                return complete ? NO_GROUP : bucketing.missing();
            }
            Value held = id == null || rules.holdout() == null ? null : rules.holdout().value(pass.hash(), id);
            if (held != null) {
                return held;
            }
        }
        Inconclusive outer = pass.startReason();
        LocalResult result = conditions(pass);
        pass.endReason(outer);
        return result;
    }

    /** The first that matches decides; later ones may match although nothing is known of one before. */
    private LocalResult conditions(EvaluationRun pass) {
        boolean undecided = false;
        boolean perhapsEnded = false;
        Value off = NO_MATCH;
        for (Condition condition : rules.conditions()) {
            switch (condition.test(pass, this)) {
                case MATCH -> {
                    return perhapsEnded ? pass.reason() : condition.value(pass, this);
                }
                case LEFT_OUT -> {
                    off = condition.leftOut();
                    if (rules.earlyExit()) {
                        return undecided ? pass.reason() : off;
                    }
                }
                case PERHAPS_LEFT_OUT -> perhapsEnded = rules.earlyExit();
                case UNKNOWN -> undecided = true;
                case SERVER -> {
                    return pass.reason();
                }
                case NO_MATCH -> {
                }
            }
        }
        return undecided ? pass.reason() : off;
    }
}
