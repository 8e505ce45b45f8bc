package io.quarkiverse.posthog.runtime.flags.local.filter;

import io.quarkiverse.posthog.runtime.flags.local.matcher.Match;

/** Filters of which all, or any, must match. A decisive filter overrides unknown ones. */
public final class FilterGroup implements Filter {

    private final Filter[] filters;
    /** The result of one filter that decides the result of the group. */
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
    public Match test(EvaluationRun run) {
        Match result = decisive.not();
        for (Filter filter : filters) {
            Match match = filter.test(run);
            if (match == decisive || match == Match.SERVER) {
                return match;
            }
            if (match == Match.UNKNOWN) {
                result = match;
            }
        }
        return result;
    }

    @Override
    public int height() {
        return height;
    }
}
