package io.quarkiverse.posthog.runtime.rest;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;

/** Parses the header {@code Retry-After}. */
public final class RetryAfter {

    /** The maximum length of a valid value. */
    private static final int MAX_LENGTH = 100;

    private RetryAfter() {
    }

    /**
     * Returns the delay in the header: PostHog sends seconds, and some proxies send a date. Returns null if the header
     * is missing or invalid.
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
