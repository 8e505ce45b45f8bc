package io.quarkiverse.posthog.runtime.flags.local.filter;

import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.Map;

import io.quarkiverse.posthog.runtime.flags.local.bucketing.BucketingHasher;
import io.quarkiverse.posthog.runtime.flags.local.bucketing.BucketingHasherPool;
import io.quarkiverse.posthog.runtime.flags.local.matcher.Match;
import io.quarkiverse.posthog.runtime.flags.local.matcher.MatchContext;
import io.quarkiverse.posthog.runtime.flags.local.model.EvaluationInput;
import io.quarkiverse.posthog.runtime.flags.local.model.LocalResult;
import io.quarkiverse.posthog.runtime.flags.local.model.LocalResult.Inconclusive;

/** The state of one evaluation of one or more flags for the same input. Not thread-safe. */
public final class EvaluationRun implements MatchContext {

    /** The maximum depth of dependencies. They are listed in evaluation order, so that a few levels are sufficient. */
    private static final int MAX_LEVELS = 16;
    /** The maximum number of steps of all searches, which take less than 50 milliseconds in the worst case. */
    private static final long MAX_WORK = 1_500_000;
    private static final Inconclusive IN_PROGRESS = Inconclusive.because("the flag depends on itself");
    private static final Inconclusive FAILED = Inconclusive.because("the evaluation of the flag failed with an exception");
    private static final Inconclusive TOO_DEEP = Inconclusive.because("flags depend on each other over too many levels");

    private final CompiledFlag[] flags;
    private final EvaluationInput input;
    private final FailureListener failures;
    private final BucketingHasherPool pool;
    private BucketingHasher hasher;
    private final LocalResult[] all;
    private Map<Integer, LocalResult> some;
    private Map<Integer, Match> cohorts;
    private Instant now;
    private int level;
    private long work;
    private Inconclusive reason;

    private EvaluationRun(CompiledFlag[] flags, EvaluationInput input, BucketingHasherPool pool, FailureListener failures,
            LocalResult[] all) {
        this.failures = failures;
        this.flags = flags;
        this.input = input;
        this.pool = pool;
        this.all = all;
    }

    /** Creates a run for some of the flags. */
    public EvaluationRun(CompiledFlag[] flags, EvaluationInput input, BucketingHasherPool pool, FailureListener failures) {
        this(flags, input, pool, failures, null);
    }

    /** Creates a run for all flags. */
    public static EvaluationRun overAll(CompiledFlag[] flags, EvaluationInput input, BucketingHasherPool pool,
            FailureListener failures) {
        return new EvaluationRun(flags, input, pool, failures, new LocalResult[flags.length]);
    }

    EvaluationInput input() {
        return input;
    }

    /** Returns the same time during the whole run. */
    @Override
    public Instant instant() {
        if (now == null) {
            now = input.time().instant();
        }
        return now;
    }

    /** {@inheritDoc} With complete input, it is UTC. */
    @Override
    public ZoneId zone() {
        return input.complete() ? ZoneOffset.UTC : null;
    }

    BucketingHasher hasher() {
        if (hasher == null) {
            hasher = pool.take();
        }
        return hasher;
    }

    /** Releases the hasher. */
    public void end() {
        if (hasher != null) {
            pool.release(hasher);
        }
    }

    /** Returns the result of a flag, which is evaluated once. */
    public LocalResult result(int flag) {
        LocalResult known = all != null ? all[flag] : some == null ? null : some.get(flag);
        if (known != null) {
            return known;
        }
        if (level == MAX_LEVELS) {
            return TOO_DEEP;
        }
        remember(flag, IN_PROGRESS);
        level++;
        LocalResult result = evaluate(flags[flag]);
        level--;
        remember(flag, result);
        return result;
    }

    /** Evaluates a flag. If that fails, only this flag is inconclusive. */
    public LocalResult evaluate(CompiledFlag flag) {
        Inconclusive outer = reason;
        int outerLevel = level;
        try {
            return flag.evaluate(this);
        } catch (RuntimeException | StackOverflowError e) {
            reason = outer;
            level = outerLevel;
            failures.onFailure(flag.info().key(), e);
            return FAILED;
        }
    }

    private void remember(int flag, LocalResult result) {
        if (all != null) {
            all[flag] = result;
            return;
        }
        if (some == null) {
            some = new HashMap<>();
        }
        some.put(flag, result);
    }

    /**
     * {@inheritDoc}
     * <p>
     * All flags of a run share the steps, because the run may block an event loop.
     */
    @Override
    public boolean affords(long steps) {
        if (work + steps > MAX_WORK) {
            return false;
        }
        work += steps;
        return true;
    }

    /** Returns the results of all flags, in a run for all flags. */
    public LocalResult[] results() {
        for (int i = 0; i < all.length; i++) {
            result(i);
        }
        return all;
    }

    /** Returns whether the person is a member of a cohort, which is tested once. */
    Match membership(CompiledCohort cohort) {
        if (cohorts == null) {
            cohorts = new HashMap<>();
        }
        Match known = cohorts.get(cohort.index());
        if (known == null) {
            known = cohort.root().test(this);
            cohorts.put(cohort.index(), known);
        }
        return known;
    }

    /**
     * Stores the first reason for an inconclusive flag; a reason that requires PostHog overrides others. If the input is
     * complete, an unknown filter does not match.
     */
    Match inconclusive(Match match, Inconclusive why) {
        if (match == Match.UNKNOWN && input.complete()) {
            return Match.NO;
        }
        if (reason == null || match == Match.SERVER && !reason.needsServer()) {
            reason = why;
        }
        return match;
    }

    Inconclusive reason() {
        return reason;
    }

    /**
     * Starts the evaluation of a flag.
     *
     * @return the previous reason, which belongs to a flag that depends on it
     */
    Inconclusive startReason() {
        Inconclusive outer = reason;
        reason = null;
        return outer;
    }

    void endReason(Inconclusive outer) {
        reason = outer;
    }
}
