package io.quarkiverse.posthog.runtime.flags.local.matcher;

import java.time.LocalDateTime;
import java.time.YearMonth;

/**
 * A date before now, such as {@code -7d}.
 *
 * @param unit h, d, w, m or y; months and years are calendar months and years
 */
record RelativeDate(int number, char unit) {

    /** PostHog does not accept larger numbers. */
    private static final int LIMIT = 10_000;
    private static final String UNITS = "hdwmy";
    private static final int MONTHS_OF_YEAR = 12;
    /** The last day that all months have. */
    private static final int COMMON_DAYS = 28;

    /** @return {@code null} if the text is not a relative date */
    static RelativeDate parse(String text) {
        int start = text.startsWith("-") ? 1 : 0;
        int end = text.length() - 1;
        if (end <= start || UNITS.indexOf(text.charAt(end)) < 0) {
            return null;
        }
        int number = 0;
        for (int i = start; i < end; i++) {
            char c = text.charAt(i);
            if (c < '0' || c > '9') {
                return null;
            }
            number = number * 10 + c - '0';
            if (number >= LIMIT) {
                return null;
            }
        }
        return new RelativeDate(number, text.charAt(end));
    }

    /** Returns the time on the same wall clock. */
    LocalDateTime before(LocalDateTime now) {
        return switch (unit) {
            case 'h' -> now.minusHours(number);
            case 'd' -> now.minusDays(number);
            case 'w' -> now.minusWeeks(number);
            case 'm' -> monthsBefore(now, 1);
            default -> monthsBefore(now, MONTHS_OF_YEAR);
        };
    }

    /** Steps one by one, because a step to a shorter month changes the day for all further steps. */
    private LocalDateTime monthsBefore(LocalDateTime now, int step) {
        int day = now.getDayOfMonth();
        YearMonth month = YearMonth.from(now);
        int left = number;
        while (left > 0 && day > COMMON_DAYS) {
            month = month.minusMonths(step);
            day = Math.min(day, month.lengthOfMonth());
            left--;
        }
        return month.minusMonths((long) left * step).atDay(day).atTime(now.toLocalTime());
    }
}
