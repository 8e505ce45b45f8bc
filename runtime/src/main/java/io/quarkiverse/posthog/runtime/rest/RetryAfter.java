package io.quarkiverse.posthog.runtime.rest;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;

/** The header {@code Retry-After}. */
public final class RetryAfter {

    /** Longer values are no seconds, and no date. */
    private static final int MAX_LENGTH = 100;

    private RetryAfter() {
    }

    /**
     * The duration of a header value: seconds, as PostHog sends them, or a date, as some proxies do.
     *
     * @return null if there is no header, or it can't be interpreted
     */
    public static Duration parse(String header) {
        if (header == null || header.length() > MAX_LENGTH) {
            return null;
        }
        try {
            return Duration.ofSeconds(Math.max(0, Long.parseLong(header.strip())));
        } catch (NumberFormatException e) {
            return untilDate(header.strip());
        }
    }

    private static Duration untilDate(String header) {
        try {
            Duration wait = Duration.between(Instant.now(), ZonedDateTime
                    .parse(header, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant());
            return wait.isNegative() ? Duration.ZERO : wait;
        } catch (DateTimeException e) {
            return null;
        }
    }
}
