package io.quarkiverse.posthog.runtime.flags.local.filter;

import com.fasterxml.jackson.databind.node.NullNode;

import io.quarkiverse.posthog.runtime.flags.local.matcher.Match;
import io.quarkiverse.posthog.runtime.flags.local.matcher.Operator;
import io.quarkiverse.posthog.runtime.flags.local.matcher.PropertyMatcher;
import io.quarkiverse.posthog.runtime.flags.local.model.LocalResult.Inconclusive;

/** Tests a property of the person or of a group. */
public final class PropertyValueFilter implements Filter {

    private final PropertySource source;
    private final String key;
    private final PropertyMatcher matcher;
    private final Match onNull;
    private final Match onAbsent;
    private final Inconclusive absent;
    private final Inconclusive notComparable;

    public PropertyValueFilter(PropertySource source, String key, Operator operator, PropertyMatcher matcher) {
        this.source = source;
        this.key = key;
        this.matcher = matcher;
        this.onNull = onNull(operator, matcher);
        this.onAbsent = Match.of(operator.matchesAbsence());
        this.absent = Inconclusive.missing("property '" + key + "' " + source + " is missing");
        this.notComparable = Inconclusive.missing("property '" + key + "' " + source
                + " has a value that cannot be compared with " + operator.code());
    }

    private static Match onNull(Operator operator, PropertyMatcher matcher) {
        return switch (operator) {
            case IS_SET -> Match.YES;
            case IS_NOT -> matcher.match("null", null);
            default -> Match.NO;
        };
    }

    @Override
    public Match test(EvaluationRun run) {
        Object value = source.value(run.input(), key);
        if (value == PropertySource.ABSENT) {
            return run.input().complete() ? onAbsent : run.inconclusive(Match.UNKNOWN, absent);
        }
        if (value == null || value instanceof NullNode) {
            return onNull;
        }
        Match match = matcher.match(value, run);
        return match == Match.UNKNOWN ? run.inconclusive(match, notComparable) : match;
    }
}
