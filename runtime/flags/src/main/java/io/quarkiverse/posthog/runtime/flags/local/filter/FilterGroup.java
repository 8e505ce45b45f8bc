package io.quarkiverse.posthog.runtime.flags.local.filter;

import io.quarkiverse.posthog.runtime.flags.local.matcher.Match;

/** Filters of which all, or any, must match. One that decides outweighs those of which nothing is known. */
public final class FilterGroup implements Filter {

    private final Filter[] filters;
    /** The answer of one filter that settles it. */
    private final Match decisive;
    private final int height;

    public FilterGroup(Filter[] filters, boolean all) {
        this.filters = filters;
        this.decisive = all ? Match.NO : Match.YES;
        int highest = 0;
        for (Filter filter : filters) {
            highest = Math.max(highest, filter.height());
        }
        this.height = highest + 1;
    }

    @Override
    public Match test(EvaluationRun pass) {
        Match answer = decisive.not();
        for (Filter filter : filters) {
            Match match = filter.test(pass);
            if (match == decisive || match == Match.SERVER) {
                return match;
            }
            if (match == Match.UNKNOWN) {
                answer = match;
            }
        }
        return answer;
    }

    @Override
    public int height() {
        return height;
    }
}
