package io.quarkiverse.posthog.runtime.flags.local.matcher;

import java.time.Instant;
import java.time.ZoneId;
import java.time.zone.ZoneRules;

import io.quarkiverse.posthog.runtime.flags.local.matcher.DateValue.Exact;
import io.quarkiverse.posthog.runtime.flags.local.matcher.DateValue.Relative;
import io.quarkiverse.posthog.runtime.flags.local.matcher.DateValue.WallClock;

/**
 * Matches dates before, after or equal to a date. Flag definitions do not contain the time zone of the project, so that the
 * result is unknown unless it is the same in all time zones.
 *
 * @param order the required sign of the comparison of the value with the date
 * @param everywhere whether the date is a time that exists in all time zones
 */
record DateComparisonMatcher(int order, DateValue date, boolean everywhere) implements PropertyMatcher {

    static PropertyMatcher of(Operator operator, String text) {
        int order = switch (operator) {
            case IS_DATE_BEFORE -> -1;
            case IS_DATE_AFTER -> 1;
            default -> 0;
        };
        DateValue date = Dates.parse(text);
        // PostHog matches nothing with a text that is not a date
        return date == null ? new Always(Match.NO) : new DateComparisonMatcher(order, date, existsInAllTimeZones(date));
    }

    @Override
    public Match match(Object value, MatchContext context) {
        DateValue given = Dates.of(value);
        if (given == null) {
            return PropertyStringifier.of(value) == null ? Match.UNKNOWN : Match.NO;
        }
        if (given instanceof Exact one && date instanceof Exact other) {
            return Match.of(Integer.signum(one.instant().compareTo(other.instant())) == order);
        }
        Instant now = context.instant();
        ZoneId zone = context.zone();
        if (zone != null) {
            return Match.of(matches(given, zone.getRules(), now));
        }
        Match sure = sure(given, now);
        return sure == Match.UNKNOWN && context.affords(TimeZones.STEPS) ? inAllTimeZones(given, now) : sure;
    }

    private boolean matches(DateValue given, ZoneRules rules, Instant now) {
        Instant one = given.in(rules, now);
        Instant other = date.in(rules, now);
        return one != null && other != null && Integer.signum(one.compareTo(other)) == order;
    }

    /** Returns the result if the dates are so far apart that it does not depend on the time zone. */
    private Match sure(DateValue given, Instant now) {
        if (given instanceof WallClock one && date instanceof WallClock other) {
            // The same wall clock
            boolean matches = Integer.signum(one.time().compareTo(other.time())) == order;
            return !matches ? Match.NO : existsEverywhere(given, now) ? Match.YES : Match.UNKNOWN;
        }
        long difference = given.approximately(now) - date.approximately(now);
        if (Math.abs(difference) <= given.deviation() + date.deviation()) {
            return Match.UNKNOWN;
        }
        boolean matches = Long.signum(difference) == order;
        return !matches ? Match.NO : existsEverywhere(given, now) ? Match.YES : Match.UNKNOWN;
    }

    private boolean existsEverywhere(DateValue given, Instant now) {
        return !mayHaveGap(given, now) && (everywhere || !mayHaveGap(date, now));
    }

    private static boolean existsInAllTimeZones(DateValue date) {
        if (date instanceof Relative) {
            return false;
        }
        if (!mayHaveGap(date, Instant.EPOCH)) {
            return true;
        }
        for (ZoneRules rules : TimeZones.rules()) {
            if (date.in(rules, Instant.EPOCH) == null) {
                return false;
            }
        }
        return true;
    }

    /** Returns whether a date may be a time that does not exist in some time zone. */
    private static boolean mayHaveGap(DateValue date, Instant now) {
        if (date instanceof Exact) {
            return false;
        }
        long second = date.approximately(now);
        return TimeZones.mayHaveGap(second - date.deviation(), second + date.deviation());
    }

    private Match inAllTimeZones(DateValue given, Instant now) {
        ZoneRules[] all = TimeZones.rules();
        boolean first = matches(given, all[0], now);
        for (int i = 1; i < all.length; i++) {
            if (matches(given, all[i], now) != first) {
                return Match.UNKNOWN;
            }
        }
        return Match.of(first);
    }
}
