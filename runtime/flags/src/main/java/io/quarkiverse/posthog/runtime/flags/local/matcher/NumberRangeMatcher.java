package io.quarkiverse.posthog.runtime.flags.local.matcher;

/**
 * Matches numbers in a range.
 *
 * @param low the lower bound; NaN if no number is in the range
 * @param withLow whether the range includes the lower bound
 * @param withHigh whether the range includes the upper bound
 * @param outside whether to match the numbers outside the range
 */
record NumberRangeMatcher(double low, boolean withLow, double high, boolean withHigh,
        boolean outside) implements PropertyMatcher {

    static NumberRangeMatcher above(double low, boolean withLow) {
        return new NumberRangeMatcher(low, withLow, Double.POSITIVE_INFINITY, true, false);
    }

    static NumberRangeMatcher below(double high, boolean withHigh) {
        return new NumberRangeMatcher(Double.NEGATIVE_INFINITY, true, high, withHigh, false);
    }

    @Override
    public Match match(Object value, MatchContext context) {
        double number = Numbers.of(value);
        if (Double.isNaN(number)) {
            return Numbers.isNan(value) ? Match.NO : Match.UNKNOWN;
        }
        boolean inside = (withLow ? number >= low : number > low) && (withHigh ? number <= high : number < high);
        return Match.of(inside != outside);
    }
}
