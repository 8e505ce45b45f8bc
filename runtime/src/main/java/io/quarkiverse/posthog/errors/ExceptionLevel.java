package io.quarkiverse.posthog.errors;

import java.util.Locale;
import java.util.Optional;

/** How serious an exception is ({@code $exception_level}). */
public enum ExceptionLevel {

    /** It ends the process, or is logged as if it did. */
    FATAL,
    /** Something failed. */
    ERROR,
    /** Something went on in spite of it. */
    WARNING,
    /** Neither of these, such as what was only written down. */
    LOG,
    /** To be known, not to be worried about. */
    INFO,
    /** Of use to developers only. */
    DEBUG;

    /**
     * The level that goes by this name in PostHog or in a logging library: {@code critical}, {@code alert} and
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

    /** What PostHog calls it. */
    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }
}
