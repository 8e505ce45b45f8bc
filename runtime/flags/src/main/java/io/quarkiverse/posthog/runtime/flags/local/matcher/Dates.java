package io.quarkiverse.posthog.runtime.flags.local.matcher;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.Date;

import com.fasterxml.jackson.databind.JsonNode;

/** Converts values to instants. A date without a time is the start of the day, and the default time zone is UTC. */
final class Dates {

    private Dates() {
    }

    /** @return {@code null} if the value is not a date; a number is not a date */
    static Instant of(Object value) {
        if (value instanceof CharSequence text) {
            return parse(text.toString());
        }
        if (value instanceof JsonNode node) {
            return node.isTextual() ? parse(node.textValue()) : null;
        }
        if (value instanceof Instant instant) {
            return instant;
        }
        if (value instanceof LocalDate date) {
            return date.atStartOfDay(ZoneOffset.UTC).toInstant();
        }
        if (value instanceof LocalDateTime dateTime) {
            return dateTime.toInstant(ZoneOffset.UTC);
        }
        if (value instanceof OffsetDateTime dateTime) {
            return dateTime.toInstant();
        }
        if (value instanceof ZonedDateTime dateTime) {
            return dateTime.toInstant();
        }
        return value instanceof Date date ? Instant.ofEpochMilli(date.getTime()) : null;
    }

    /** Parses a text such as 2026-01-31, 2026-01-31 23:59 or 2026-01-31T23:59:59.123+01:00. */
    static Instant parse(String text) {
        return new Reader(text.strip()).read();
    }

    /** Parses the text in one pass, without exceptions for other texts. */
    private static final class Reader {

        private final String text;
        private int at;
        private boolean failed;

        Reader(String text) {
            this.text = text;
        }

        Instant read() {
            int year = digits(4);
            expect('-');
            int month = digits(2);
            expect('-');
            int day = digits(2);
            if (failed || year < 1 || month < 1 || month > 12 || day < 1
                    || day > YearMonth.of(year, month).lengthOfMonth()) {
                return null;
            }
            long seconds = LocalDate.of(year, month, day).toEpochDay() * 86_400;
            int nanos = 0;
            if (at < text.length()) {
                skip("Tt ");
                seconds += time();
                nanos = fraction();
                seconds -= offset();
            }
            return failed || at < text.length() ? null : Instant.ofEpochSecond(seconds, nanos);
        }

        private int time() {
            int hour = digits(2);
            expect(':');
            int minute = digits(2);
            int second = 0;
            if (at < text.length() && text.charAt(at) == ':') {
                at++;
                second = digits(2);
            }
            failed |= hour > 23 || minute > 59 || second > 59;
            return hour * 3600 + minute * 60 + second;
        }

        private int fraction() {
            if (at >= text.length() || text.charAt(at) != '.') {
                return 0;
            }
            at++;
            int nanos = 0;
            int unit = 100_000_000;
            int start = at;
            while (at < text.length() && isDigit(text.charAt(at))) {
                nanos += (text.charAt(at) - '0') * unit;
                unit /= 10;
                at++;
            }
            failed |= at == start || at - start > 9;
            return nanos;
        }

        private int offset() {
            if (at < text.length() && text.charAt(at) == ' ') {
                at++;
                failed |= at == text.length();
            }
            String rest = text.substring(Math.min(at, text.length()));
            if (rest.isEmpty() || rest.equalsIgnoreCase("z") || rest.equalsIgnoreCase("utc")) {
                at = text.length();
                return 0;
            }
            boolean west = rest.charAt(0) == '-';
            skip("+-");
            int hours = digits(2);
            expect(':');
            int minutes = digits(2);
            failed |= hours > 23 || minutes > 59;
            return (hours * 3600 + minutes * 60) * (west ? -1 : 1);
        }

        private int digits(int count) {
            int number = 0;
            for (int i = 0; i < count; i++, at++) {
                if (at >= text.length() || !isDigit(text.charAt(at))) {
                    failed = true;
                    return 0;
                }
                number = number * 10 + text.charAt(at) - '0';
            }
            return number;
        }

        private void expect(char c) {
            failed |= at >= text.length() || text.charAt(at) != c;
            at++;
        }

        private void skip(String oneOf) {
            failed |= at >= text.length() || oneOf.indexOf(text.charAt(at)) < 0;
            at++;
        }

        private static boolean isDigit(char c) {
            return c >= '0' && c <= '9';
        }
    }
}
