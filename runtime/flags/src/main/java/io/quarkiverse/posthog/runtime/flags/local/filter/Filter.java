package io.quarkiverse.posthog.runtime.flags.local.filter;

import io.quarkiverse.posthog.runtime.flags.local.matcher.Match;
import io.quarkiverse.posthog.runtime.flags.local.model.LocalResult.Inconclusive;

/** One thing that a condition, or a cohort, asks for. */
public sealed interface Filter
        permits PropertyFilter, CohortFilter, FlagDependencyFilter, FilterGroup, Filter.Negated, Filter.Fixed {

    /** Tells the pass why when the answer is not known. */
    Match test(EvaluationRun pass);

    /** How many calls deep a test goes at the most, without that of other flags. */
    default int height() {
        return 1;
    }

    /** Why only PostHog can know, whoever is asked about; null when that is not so. */
    default Inconclusive serverReason() {
        return null;
    }

    /** The opposite, for cohorts. */
    record Negated(Filter filter) implements Filter {

        @Override
        public Match test(EvaluationRun pass) {
            return filter.test(pass).not();
        }

        @Override
        public int height() {
            return filter.height() + 1;
        }

        @Override
        public Inconclusive serverReason() {
            return filter.serverReason();
        }
    }

    /**
     * The same for everybody.
     *
     * @param reason why nothing is known; null when it is
     */
    record Fixed(Match match, Inconclusive reason) implements Filter {

        public static final Fixed YES = new Fixed(Match.YES, null);
        public static final Fixed NO = new Fixed(Match.NO, null);

        public static Fixed unknown(String reason) {
            return new Fixed(Match.UNKNOWN, Inconclusive.because(reason));
        }

        public static Fixed server(String reason) {
            return new Fixed(Match.SERVER, Inconclusive.needsServer(reason));
        }

        @Override
        public Match test(EvaluationRun pass) {
            return reason == null ? match : pass.undecided(match, reason);
        }

        @Override
        public Inconclusive serverReason() {
            return match == Match.SERVER ? reason : null;
        }
    }
}
