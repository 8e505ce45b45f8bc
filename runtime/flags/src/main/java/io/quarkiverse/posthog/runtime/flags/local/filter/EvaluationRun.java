package io.quarkiverse.posthog.runtime.flags.local.filter;

import java.time.Instant;
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

    /** Flags come with what they depend on in the right order, so that more than a few levels are not meant to be. */
    private static final int MAX_LEVELS = 16;
    /** Steps of all searches together: some hundreds of milliseconds in the worst case. */
    private static final long MAX_WORK = 10_000_000;
    private static final Inconclusive IN_PROGRESS = Inconclusive.because("the flag depends on itself");
    private static final Inconclusive TOO_DEEP = Inconclusive.because("flags depend on each other over too many levels");

    private final CompiledFlag[] flags;
    private final EvaluationInput input;
    private final BucketingHasherPool pool;
    private BucketingHasher hash;
    private final LocalResult[] all;
    private Map<Integer, LocalResult> some;
    private Map<Integer, Match> cohorts;
    private Instant now;
    private int level;
    private long work;
    private Inconclusive reason;

    private EvaluationRun(CompiledFlag[] flags, EvaluationInput input, BucketingHasherPool pool, LocalResult[] all) {
        this.flags = flags;
        this.input = input;
        this.pool = pool;
        this.all = all;
    }

    /** For some flags. */
    public EvaluationRun(CompiledFlag[] flags, EvaluationInput input, BucketingHasherPool pool) {
        this(flags, input, pool, null);
    }

    public static EvaluationRun overAll(CompiledFlag[] flags, EvaluationInput input, BucketingHasherPool pool) {
        return new EvaluationRun(flags, input, pool, new LocalResult[flags.length]);
    }

    EvaluationInput input() {
        return input;
    }

    /** The same during the whole evaluation. */
    @Override
    public Instant instant() {
        if (now == null) {
            now = input.time().instant();
        }
        return now;
    }

    BucketingHasher hash() {
        if (hash == null) {
            hash = pool.take();
        }
        return hash;
    }

    public void end() {
        if (hash != null) {
            pool.release(hash);
        }
    }

    /** The result of a flag; each is evaluated once. */
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
        LocalResult result = flags[flag].evaluate(this);
        level--;
        remember(flag, result);
        return result;
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
     * Takes the steps of a search from those that an evaluation may take. It also runs on event loops, so that the number of
     * flags must not multiply what a single search may take.
     *
     * @return false if there are not enough left
     */
    @Override
    public boolean affords(long steps) {
        if (work + steps > MAX_WORK) {
            return false;
        }
        work += steps;
        return true;
    }

    /** The results of all flags. */
    public LocalResult[] results() {
        for (int i = 0; i < all.length; i++) {
            result(i);
        }
        return all;
    }

    /** Whether somebody is in a cohort; each is looked at once. */
    Match membership(Cohort cohort) {
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
     * Remembers the first reason why a flag cannot be decided; that only PostHog can know outweighs others. When
     * there is no more to know, what cannot be told does not match.
     */
    Match undecided(Match match, Inconclusive why) {
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

    /** Begins to evaluate a flag. @return the reason so far, that of a flag which depends on it */
    Inconclusive startReason() {
        Inconclusive outer = reason;
        reason = null;
        return outer;
    }

    void endReason(Inconclusive outer) {
        reason = outer;
    }
}
