package io.quarkiverse.posthog.runtime.flags.local.matcher;

import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.YearMonth;
import java.time.ZoneOffset;

import io.quarkiverse.posthog.runtime.flags.local.matcher.DateValue.Exact;
import io.quarkiverse.posthog.runtime.flags.local.matcher.DateValue.WallClock;

/**
 * Reads a date in one pass, without exceptions for other texts: a date, a date with hours and minutes or seconds, or an RFC
 * 3339 time with seconds and an offset.
 */
final class DateReader {

    private static final int MAX_NANO_DIGITS = 9;

    private final String text;
    private int at;
    private boolean failed;
    private boolean withSeconds;
    private boolean blanks;

    DateReader(String text) {
        this.text = text;
    }

    /** @return {@code null} if the text is not a date */
    DateValue read() {
        int year = digits(1, 4);
        boolean longYear = at == 4;
        expect('-');
        int month = digits(1, 2);
        int monthEnd = at;
        expect('-');
        int day = digits(1, 2);
        if (failed || month < 1 || month > 12 || day < 1 || day > YearMonth.of(year, month).lengthOfMonth()) {
            return null;
        }
        LocalDate date = LocalDate.of(year, month, day);
        if (at == text.length()) {
            return new WallClock(date.atStartOfDay());
        }
        // In RFC 3339, numbers have all digits and no blanks, and the separator can be in lowercase
        boolean isRfc = longYear && monthEnd == 7 && at == 10 && !blanks;
        char separator = text.charAt(at++);
        LocalTime time = time(isRfc);
        if (failed) {
            return null;
        }
        LocalDateTime dateTime = date.atTime(time);
        if (at == text.length()) {
            return separator == 'T' || separator == ' ' ? new WallClock(dateTime) : null;
        }
        boolean withOffset = isRfc && withSeconds && "Tt ".indexOf(separator) >= 0;
        int offset = offset();
        return failed || !withOffset || at < text.length() ? null
                : new Exact(dateTime.minusSeconds(offset).toInstant(ZoneOffset.UTC));
    }

    private LocalTime time(boolean isRfc) {
        int start = at;
        int hour = digits(1, 2);
        expect(':');
        int minute = digits(1, 2);
        int second = 0;
        int nano = 0;
        if (follows(':')) {
            at++;
            second = digits(1, 2);
            withSeconds = isRfc && at - start == 8 && !blanks;
            nano = fraction();
        }
        failed |= hour > 23 || minute > 59 || second > 59;
        return failed ? null : LocalTime.of(hour, minute, second, nano);
    }

    private int fraction() {
        if (!follows('.')) {
            return 0;
        }
        at++;
        int start = at;
        int nanos = 0;
        int unit = 100_000_000;
        while (at < text.length() && isDigit(text.charAt(at))) {
            if (at - start < MAX_NANO_DIGITS) {
                nanos += (text.charAt(at) - '0') * unit;
                unit /= 10;
            }
            at++;
        }
        failed |= at == start;
        return nanos;
    }

    /** @return the offset from UTC in seconds */
    private int offset() {
        char sign = text.charAt(at++);
        if (sign == 'Z' || sign == 'z') {
            return 0;
        }
        int hours = digits(2, 2);
        expect(':');
        int minutes = digits(2, 2);
        failed |= blanks || sign != '+' && sign != '-' || hours > 23 || minutes > 59;
        return (hours * 3600 + minutes * 60) * (sign == '-' ? -1 : 1);
    }

    private int digits(int min, int max) {
        // PostHog ignores blanks before a number
        while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
            blanks = true;
            at++;
        }
        int number = 0;
        int start = at;
        while (at < text.length() && at - start < max && isDigit(text.charAt(at))) {
            number = number * 10 + text.charAt(at) - '0';
            at++;
        }
        failed |= at - start < min;
        return number;
    }

    private boolean follows(char c) {
        return at < text.length() && text.charAt(at) == c;
    }

    private void expect(char c) {
        failed |= !follows(c);
        at++;
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }
}
