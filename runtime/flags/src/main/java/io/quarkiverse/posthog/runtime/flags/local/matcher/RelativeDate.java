package io.quarkiverse.posthog.runtime.flags.local.matcher;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;

/**
 * A date before now, such as {@code -7d}.
 *
 * @param unit h, d, w, m or y; months and years are calendar months and years
 */
record RelativeDate(int number, char unit) {

    /** PostHog does not accept larger numbers. */
    private static final int LIMIT = 10_000;
    private static final String UNITS = "hdwmy";

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

    Instant before(Instant now) {
        return switch (unit) {
            case 'h' -> now.minusSeconds(number * 3_600L);
            case 'd' -> now.minusSeconds(number * 86_400L);
            case 'w' -> now.minusSeconds(number * 604_800L);
            case 'm' -> utc(now).minusMonths(number).toInstant(ZoneOffset.UTC);
            default -> utc(now).minusYears(number).toInstant(ZoneOffset.UTC);
        };
    }

    private static LocalDateTime utc(Instant now) {
        return LocalDateTime.ofInstant(now, ZoneOffset.UTC);
    }
}
