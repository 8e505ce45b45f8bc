package io.quarkiverse.posthog.runtime.flags.local.filter;

import java.nio.charset.StandardCharsets;
import java.util.Objects;

import io.quarkiverse.posthog.runtime.flags.local.bucketing.BucketingKey;
import io.quarkiverse.posthog.runtime.flags.local.bucketing.Holdout;
import io.quarkiverse.posthog.runtime.flags.local.bucketing.VariantAllocation;
import io.quarkiverse.posthog.runtime.flags.local.model.FlagMetadata;
import io.quarkiverse.posthog.runtime.flags.local.model.InconclusiveCause;
import io.quarkiverse.posthog.runtime.flags.local.model.LocalResult;
import io.quarkiverse.posthog.runtime.flags.local.model.LocalResult.Inconclusive;
import io.quarkiverse.posthog.runtime.flags.local.model.LocalResult.Value;
import io.quarkiverse.posthog.runtime.flags.local.model.MatchReason;

/** The compiled rules of a flag. */
public final class CompiledFlag {

    /**
     * The condition sets of a flag.
     *
     * @param enrollment {@code null} if the flag is not in early access
     * @param holdout {@code null} if the flag has no holdout
     */
    public record Rules(BucketingKey bucketing, EarlyAccessEnrollment enrollment, Holdout holdout, VariantAllocation variants,
            Condition[] conditions,
            boolean earlyExit) {
    }

    private static final Value NO_MATCH = Value.off(MatchReason.NO_CONDITION_MATCH, Value.NO_CONDITION);
    private static final Value NO_GROUP = Value.off(MatchReason.NO_GROUP_TYPE, Value.NO_CONDITION);
    private static final Inconclusive EXPERIENCE_CONTINUITY = Inconclusive
            .because("the flag has experience continuity, which only PostHog can evaluate",
                    InconclusiveCause.EXPERIENCE_CONTINUITY);

    /** SDKs cannot evaluate such a flag, because the definitions may lack flags that exist in PostHog. */
    private static final Inconclusive BROKEN = Inconclusive
            .because("a flag on which it depends is not among the definitions, or depends on it");
    private static final Value MISSING_DEPENDENCY = Value.off(MatchReason.MISSING_DEPENDENCY, Value.NO_CONDITION);

    private final FlagMetadata info;
    private final byte[] hashPrefix;
    private final LocalResult fixed;
    private final Rules rules;
    private final RuleSet ruleSet;
    private final boolean mixed;

    private CompiledFlag(FlagMetadata info, LocalResult fixed, Rules rules, RuleSet ruleSet) {
        this.info = info;
        this.hashPrefix = (info.key() + ".").getBytes(StandardCharsets.UTF_8);
        this.fixed = fixed;
        this.rules = rules;
        this.ruleSet = ruleSet;
        boolean anyMixed = false;
        if (rules != null) {
            for (Condition condition : rules.conditions()) {
                anyMixed |= condition.isMixed();
            }
        }
        this.mixed = anyMixed;
    }

    /** Creates a flag with the same result for all input. */
    public static CompiledFlag fixed(FlagMetadata info, LocalResult result) {
        return new CompiledFlag(info, result, null, null);
    }

    /** Creates a flag whose result depends on its rules. */
    public static CompiledFlag of(FlagMetadata info, Rules rules) {
        return new CompiledFlag(info, null, rules, null);
    }

    /** Creates a flag with ordered rules. */
    public static CompiledFlag of(FlagMetadata info, RuleSet rules) {
        return new CompiledFlag(info, null, null, rules);
    }

    /** Creates a flag with experience continuity, whose rules can be evaluated with complete input only. */
    public static CompiledFlag persisted(FlagMetadata info, Rules rules) {
        return new CompiledFlag(info, EXPERIENCE_CONTINUITY, rules, null);
    }

    /** Returns whether the flag has experience continuity. */
    public boolean isPersisted() {
        return fixed == EXPERIENCE_CONTINUITY;
    }

    /** Creates a flag with a broken dependency, which is off for complete input. */
    public static CompiledFlag broken(FlagMetadata info) {
        return new CompiledFlag(info, BROKEN, null, null);
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

    public LocalResult evaluate(EvaluationRun run) {
        if (ruleSet != null) {
            return ruleSet.evaluate(run.input(), run, run.hasher());
        }
        boolean complete = run.input().complete();
        if (fixed != null && (rules == null || !complete)) {
            return complete && fixed == BROKEN ? MISSING_DEPENDENCY : fixed;
        }
        if (rules.enrollment() != null) {
            LocalResult chosen = rules.enrollment().result(run.input());
            // Without an enrollment, the conditions decide. If it is unknown, the result is inconclusive
            if (!complete || chosen instanceof Value) {
                return chosen;
            }
        }
        BucketingKey bucketing = rules.bucketing();
        boolean needsGroup = bucketing.kind() == BucketingKey.Kind.GROUP && !mixed;
        if (rules.holdout() != null || needsGroup) {
            String id = bucketing.id(run.input());
            if (id == null && bucketing.kind() == BucketingKey.Kind.DEVICE) {
                // Only the holdout uses the person instead of the device
                id = BucketingKey.PERSON.id(run.input());
            }
            if (id == null && (needsGroup || !complete)) {
                return complete ? NO_GROUP : bucketing.missing();
            }
            Value held = id == null || rules.holdout() == null ? null : rules.holdout().value(run.hasher(), id);
            if (held != null) {
                return held;
            }
        }
        Inconclusive outer = run.startReason();
        LocalResult result = conditions(run);
        run.endReason(outer);
        return result;
    }

    /** Evaluates the condition sets. The first match decides, if an earlier unknown one would result in the same value. */
    private LocalResult conditions(EvaluationRun run) {
        boolean unknown = false;
        boolean maybeExited = false;
        Value possible = null;
        boolean severalPossible = false;
        Value off = NO_MATCH;
        for (Condition condition : rules.conditions()) {
            switch (condition.test(run, this)) {
                case MATCH -> {
                    Value value = condition.value(run, this);
                    boolean certain = !maybeExited && !severalPossible && (possible == null || isSame(possible, value));
                    return certain ? value : run.reason();
                }
                case OUT_OF_ROLLOUT -> {
                    off = condition.outOfRollout();
                    if (rules.earlyExit()) {
                        return unknown ? run.reason() : off;
                    }
                }
                case MAYBE_OUT_OF_ROLLOUT -> maybeExited = rules.earlyExit();
                case UNKNOWN -> {
                    Value value = condition.valueIfKnown(run, this);
                    severalPossible |= value == null || possible != null && !isSame(possible, value);
                    possible = value;
                    unknown = true;
                    maybeExited |= rules.earlyExit() && condition.isRolloutUnknown(run);
                }
                case SERVER -> {
                    return run.reason();
                }
                case NO_MATCH -> {
                }
            }
        }
        return unknown ? run.reason() : off;
    }

    private static boolean isSame(Value one, Value other) {
        return one.enabled() == other.enabled() && Objects.equals(one.variant(), other.variant());
    }
}
