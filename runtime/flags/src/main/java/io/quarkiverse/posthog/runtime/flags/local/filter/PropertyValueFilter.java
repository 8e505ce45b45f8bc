package io.quarkiverse.posthog.runtime.flags.local.filter;

import io.quarkiverse.posthog.runtime.flags.local.matcher.Match;
import io.quarkiverse.posthog.runtime.flags.local.matcher.Operator;
import io.quarkiverse.posthog.runtime.flags.local.matcher.PropertyMatcher;
import io.quarkiverse.posthog.runtime.flags.local.model.LocalResult.Inconclusive;

/** Tests a property of the person or of a group. */
public final class PropertyValueFilter implements Filter {

    private final PropertySource source;
    private final String key;
    private final PropertyMatcher matcher;
    private final Match onAbsent;
    private final Inconclusive absent;
    private final Inconclusive notComparable;

    public PropertyValueFilter(PropertySource source, String key, Operator operator, PropertyMatcher matcher) {
        this.source = source;
        this.key = key;
        this.matcher = matcher;
        this.onAbsent = Match.of(operator.matchesAbsence());
        this.absent = Inconclusive.missing("property '" + key + "' " + source + " is missing");
        this.notComparable = Inconclusive.missing("property '" + key + "' " + source
                + " has a value that cannot be compared with " + operator.code());
    }

    @Override
    public Match test(EvaluationRun run) {
        Object value = source.value(run.input(), key);
        if (value == PropertySource.ABSENT) {
            return run.input().complete() ? onAbsent : run.inconclusive(Match.UNKNOWN, absent);
        }
        Match match = matcher.match(value, run);
        return match == Match.UNKNOWN ? run.inconclusive(match, notComparable) : match;
    }
}
