package io.quarkiverse.posthog.emulator.http;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Parses and formats timestamps like PostHog. */
public final class TimestampFormats {

    private static final DateTimeFormatter MICROS = DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSS")
            .withZone(ZoneOffset.UTC);
    private static final Pattern RELATIVE = Pattern.compile("-?(\\d{1,5})([shdwmqyM])(Start|End)?");

    private static final Pattern RFC_3339 = Pattern
            .compile("\\d{4}-\\d{2}-\\d{2}[Tt ]\\d{2}:\\d{2}:\\d{2}(\\.\\d{1,9})?([Zz]|[+-]\\d{2}:\\d{2})");

    private TimestampFormats() {
    }

    /** {@code 2026-11-20T10:00:01.123000+00:00}, the form of events. */
    public static String offset(Instant instant) {
        return MICROS.format(instant) + "+00:00";
    }

    /** {@code 2026-11-20T10:00:01.123000Z}, the form of everything else. */
    public static String zulu(Instant instant) {
        return MICROS.format(instant) + "Z";
    }

    /** Reads ISO 8601; without a zone it is UTC, a date alone is its midnight. */
    public static Instant parse(String text) {
        String iso = text.trim().replaceFirst("^(\\d{4}-\\d{2}-\\d{2}) (?=\\d)", "$1T");
        Instant instant;
        if (iso.length() <= 10) {
            instant = LocalDate.parse(iso).atStartOfDay().toInstant(ZoneOffset.UTC);
        } else if (iso.endsWith("Z") || iso.matches(".*[+-]\\d{2}(:?\\d{2})?$")) {
            instant = OffsetDateTime.parse(iso.replaceFirst("([+-]\\d{2})(\\d{2})$", "$1:$2")).toInstant();
        } else {
            instant = LocalDateTime.parse(iso).toInstant(ZoneOffset.UTC);
        }
        return instant.truncatedTo(ChronoUnit.MICROS);
    }

    /** Reads the one form that version 1 of capture takes: with seconds and with a zone. */
    public static Optional<Instant> rfc3339(String text) {
        try {
            return RFC_3339.matcher(text).matches()
                    ? Optional.of(OffsetDateTime.parse(text.replace(' ', 'T')).toInstant().truncatedTo(ChronoUnit.MICROS))
                    : Optional.empty();
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    /** Reads ISO 8601 or an age such as {@code -7d}, {@code -24h}, {@code -1mStart}. */
    public static Instant parse(String text, Instant now) {
        Matcher relative = RELATIVE.matcher(text);
        if (!relative.matches()) {
            return parse(text);
        }
        long amount = Long.parseLong(relative.group(1));
        ZonedDateTime base = now.atZone(ZoneOffset.UTC);
        ZonedDateTime then = switch (relative.group(2)) {
            case "s" -> base.minusSeconds(amount);
            case "M" -> base.minusMinutes(amount);
            case "h" -> base.minusHours(amount);
            case "d" -> base.minusDays(amount);
            case "w" -> base.minusWeeks(amount);
            case "m" -> base.minusMonths(amount);
            case "q" -> base.minusMonths(3 * amount);
            default -> base.minusYears(amount);
        };
        if ("Start".equals(relative.group(3))) {
            return then.truncatedTo(ChronoUnit.DAYS).toInstant();
        }
        return "End".equals(relative.group(3))
                ? then.truncatedTo(ChronoUnit.DAYS).plusDays(1).minus(1, ChronoUnit.MICROS).toInstant()
                : then.toInstant();
    }

    /** Reads a date parameter of a request. */
    public static Instant parameter(String name, String text, Instant now) {
        try {
            return parse(text, now);
        } catch (DateTimeException e) {
            throw ApiException.invalid("invalid_input", "'" + text + "' is not a date.", name);
        }
    }
}
