package io.quarkiverse.posthog.errors;

import java.util.Locale;
import java.util.Optional;

/** The level of an exception ({@code $exception_level}). */
public enum ExceptionLevel {

    /** Terminates the process, or is logged with such a level. */
    FATAL,
    /** An operation failed. */
    ERROR,
    /** An operation continued despite the exception. */
    WARNING,
    /** A log message without a specific level. */
    LOG,
    /** An informational message. */
    INFO,
    /** A message for developers. */
    DEBUG;

    /**
     * Returns the level for a name in PostHog or in a logging library: {@code critical}, {@code alert} and
     * {@code emergency} are fatal, {@code warn} is a warning, {@code notice} is info, {@code trace} is debug.
     *
     * @param name in any case; may be null
     * @return empty for any other name
     */
    public static Optional<ExceptionLevel> of(String name) {
        if (name == null) {
            return Optional.empty();
        }
        return Optional.ofNullable(switch (name.strip().toLowerCase(Locale.ROOT)) {
            case "fatal", "critical", "alert", "emergency" -> FATAL;
            case "error" -> ERROR;
            case "warning", "warn" -> WARNING;
            case "log" -> LOG;
            case "info", "notice" -> INFO;
            case "debug", "trace" -> DEBUG;
            default -> null;
        });
    }

    /** Returns PostHog's name of this level. */
    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }
}
