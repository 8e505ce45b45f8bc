package io.quarkiverse.posthog.runtime.flags.local.filter;

import io.quarkiverse.posthog.runtime.flags.local.matcher.Match;
import io.quarkiverse.posthog.runtime.flags.local.model.LocalResult.Inconclusive;

/** A filter of a condition set or a cohort. */
public sealed interface Filter
        permits PropertyValueFilter, CohortFilter, FlagDependencyFilter, FilterGroup, Filter.Negated, Filter.Fixed {

    /** Tests the filter, and reports the reason to the run if the result is unknown. */
    Match test(EvaluationRun run);

    /** Returns the maximum call depth of a test, without the evaluation of other flags. */
    default int height() {
        return 1;
    }

    /** Returns the reason why only PostHog can evaluate the filter; {@code null} if it can be evaluated locally. */
    default Inconclusive serverReason() {
        return null;
    }

    /** The negation of a filter, in cohorts. */
    record Negated(Filter filter) implements Filter {

        @Override
        public Match test(EvaluationRun run) {
            return filter.test(run).not();
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
     * A filter with the same result for all input.
     *
     * @param reason the reason for an unknown result; {@code null} for other results
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
        public Match test(EvaluationRun run) {
            return reason == null ? match : run.inconclusive(match, reason);
        }

        @Override
        public Inconclusive serverReason() {
            return match == Match.SERVER ? reason : null;
        }
    }
}
