package io.quarkiverse.posthog.runtime.flags.local.filter;

import io.quarkiverse.posthog.runtime.flags.local.matcher.Match;
import io.quarkiverse.posthog.runtime.flags.local.model.LocalResult.Inconclusive;

/** Matches the members of a cohort. */
public final class CohortFilter implements Filter {

    private final CompiledCohort cohort;
    private final boolean negated;
    private final Inconclusive unknown;

    public CohortFilter(CompiledCohort cohort, boolean negated, String id) {
        this.cohort = cohort;
        this.negated = negated;
        this.unknown = Inconclusive.missing("properties for cohort " + id + " are missing");
    }

    @Override
    public Match test(EvaluationRun run) {
        Match match = run.membership(cohort);
        if (match == Match.UNKNOWN) {
            run.inconclusive(match, unknown);
        }
        return negated ? match.not() : match;
    }

    @Override
    public int height() {
        return cohort.root().height() + 1;
    }
}
