package io.quarkiverse.posthog;

import java.time.Duration;
import java.util.Optional;

/**
 * PostHog answered with an error. Its subclasses stand for the HTTP statuses one may want to tell apart.
 */
public class PostHogApiException extends PostHogException {

    private static final long serialVersionUID = 1L;

    private final ApiError error;

    /** For the extension itself. */
    public PostHogApiException(ApiError error) {
        this(error, null);
    }

    /** For the extension itself. */
    protected PostHogApiException(ApiError error, String advice) {
        super(error.account(), error.operation(), message(error, advice), null);
        this.error = error;
    }

    private static String message(ApiError error, String advice) {
        StringBuilder message = new StringBuilder("PostHog answered ").append(error.status());
        if (error.code() != null) {
            message.append(" (").append(error.code()).append(')');
        }
        if (error.detail() != null && !error.detail().isBlank()) {
            message.append(": ").append(error.detail());
        }
        if (error.attr() != null) {
            message.append(" [").append(error.attr()).append(']');
        }
        if (advice != null) {
            message.append(" - ").append(advice);
        }
        return message.toString();
    }

    /** All of what PostHog answered. */
    public ApiError error() {
        return error;
    }

    /** The HTTP status. */
    public int status() {
        return error.status();
    }

    /** PostHog's kind of error, such as {@code validation_error}. Tell errors apart by status and code, not by this. */
    public Optional<String> type() {
        return Optional.ofNullable(error.type());
    }

    /** PostHog's error code, such as {@code unique}. */
    public Optional<String> code() {
        return Optional.ofNullable(error.code());
    }

    /** PostHog's own words, or the start of whatever else it answered. */
    public Optional<String> detail() {
        return Optional.ofNullable(error.detail());
    }

    /** The field that was wrong; levels are joined by {@code __}. */
    public Optional<String> attr() {
        return Optional.ofNullable(error.attr());
    }

    /** How long PostHog asks to wait before the next try. */
    public Optional<Duration> retryAfter() {
        return Optional.ofNullable(error.retryAfter());
    }
}
