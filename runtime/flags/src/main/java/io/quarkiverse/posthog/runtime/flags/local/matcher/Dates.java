package io.quarkiverse.posthog.runtime.flags.local.matcher;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZonedDateTime;
import java.util.Date;

import com.fasterxml.jackson.databind.JsonNode;

import io.quarkiverse.posthog.runtime.flags.local.matcher.DateValue.Exact;
import io.quarkiverse.posthog.runtime.flags.local.matcher.DateValue.Relative;
import io.quarkiverse.posthog.runtime.flags.local.matcher.DateValue.WallClock;

/** Converts values to dates, in the notations that PostHog supports. */
final class Dates {

    /** The last and the first second that PostHog supports. */
    private static final long MAX_SECOND = LocalDate.of(262_142, 12, 31).toEpochDay() * 86_400 + 86_399;
    private static final long MIN_SECOND = LocalDate.of(-262_143, 1, 1).toEpochDay() * 86_400;
    private static final double NANOS = 1e9;

    private Dates() {
    }

    /** @return {@code null} if the value of the property is not a date */
    static DateValue of(Object value) {
        if (value instanceof CharSequence text) {
            return ofText(text.toString());
        }
        if (value instanceof JsonNode node) {
            return node.isTextual() ? ofText(node.textValue()) : node.isNumber() ? seconds(Numbers.of(node)) : null;
        }
        if (value instanceof Number) {
            return seconds(Numbers.of(value));
        }
        return ofTime(value);
    }

    /** Converts the types of which PostHog receives the ISO text. */
    private static DateValue ofTime(Object value) {
        if (value instanceof Instant instant) {
            return new Exact(instant);
        }
        if (value instanceof LocalDate date) {
            return new WallClock(date.atStartOfDay());
        }
        if (value instanceof LocalDateTime dateTime) {
            return new WallClock(dateTime);
        }
        if (value instanceof OffsetDateTime dateTime) {
            return new Exact(dateTime.toInstant());
        }
        if (value instanceof ZonedDateTime dateTime) {
            return new Exact(dateTime.toInstant());
        }
        // The JSON of its subclasses can be a date or a time only
        return value != null && value.getClass() == Date.class ? new Exact(((Date) value).toInstant()) : null;
    }

    private static DateValue ofText(String text) {
        double number = Numbers.parse(text);
        if (!Double.isNaN(number)) {
            return seconds(number);
        }
        // PostHog converts the number NaN to 0
        return Numbers.isNan(text) ? seconds(0) : parse(text);
    }

    private static DateValue seconds(double number) {
        double whole = Math.floor(number);
        if (!(whole >= MIN_SECOND && whole <= MAX_SECOND)) {
            return null;
        }
        // A negative fraction is lost in PostHog
        double nanos = Math.max(0, Math.floor(number % 1 * NANOS + 0.5));
        return nanos >= NANOS ? null : new Exact(Instant.ofEpochSecond((long) whole, (long) nanos));
    }

    /**
     * Parses a text such as -7d, 2026-01-31, 2026-01-31 23:59 or 2026-01-31T23:59:59.123+01:00.
     *
     * @return {@code null} for other texts
     */
    static DateValue parse(String text) {
        RelativeDate relative = RelativeDate.parse(text);
        return relative != null ? new Relative(relative) : new DateReader(text).read();
    }
}
