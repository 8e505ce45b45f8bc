package io.quarkiverse.posthog.runtime.flags.local.matcher;

import java.time.Instant;

/**
 * Whether a value is a moment before, after or at another.
 *
 * @param order what comparing the value with the other moment has to give: less than, more than or equal to 0
 * @param fixed the other moment; null when it is relative
 * @param relative the other moment; null when it is fixed
 */
record DateComparisonMatcher(int order, Instant fixed, RelativeDate relative) implements PropertyMatcher {

    /** @return null when the text is no date */
    static DateComparisonMatcher of(Operator operator, String text) {
        int order = switch (operator) {
            case IS_DATE_BEFORE -> -1;
            case IS_DATE_AFTER -> 1;
            default -> 0;
        };
        RelativeDate relative = RelativeDate.parse(text);
        Instant fixed = relative == null ? Dates.parse(text) : null;
        return relative == null && fixed == null ? null : new DateComparisonMatcher(order, fixed, relative);
    }

    @Override
    public Match match(Object value, MatchContext context) {
        Instant moment = Dates.of(value);
        if (moment == null) {
            return Match.UNKNOWN;
        }
        Instant other = fixed != null ? fixed : relative.before(context.instant());
        return Match.of(Integer.signum(moment.compareTo(other)) == order);
    }
}
