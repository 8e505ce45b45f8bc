package io.quarkiverse.posthog.runtime.flags.local.matcher;

import java.time.Instant;

/**
 * Matches dates before, after or equal to a date.
 *
 * @param order the required sign of the comparison of the value with the date
 * @param fixed the date; {@code null} if it is relative
 * @param relative the date; {@code null} if it is fixed
 */
record DateComparisonMatcher(int order, Instant fixed, RelativeDate relative) implements PropertyMatcher {

    /** @return {@code null} if the text is not a date */
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
