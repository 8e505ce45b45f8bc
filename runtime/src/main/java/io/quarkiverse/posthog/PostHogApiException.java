package io.quarkiverse.posthog;

import java.time.Duration;
import java.util.Optional;

/** An error response of PostHog. Subclasses represent the HTTP statuses that applications commonly distinguish. */
public class PostHogApiException extends PostHogException {

    private static final long serialVersionUID = 1L;

    private final ApiError error;

    /** Used by the extension only. */
    public PostHogApiException(ApiError error) {
        this(error, null);
    }

    /** Used by the extension only. */
    protected PostHogApiException(ApiError error, String advice) {
        super(error.account(), error.operation(), message(error, advice), null);
        this.error = error;
    }

    private static String message(ApiError error, String advice) {
        StringBuilder message = new StringBuilder("PostHog responded with ").append(error.status());
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

    /** Returns the error response. */
    public ApiError error() {
        return error;
    }

    /** Returns the HTTP status. */
    public int status() {
        return error.status();
    }

    /**
     * Returns PostHog's error type, such as {@code validation_error}. To distinguish errors, use the status and the
     * code instead.
     */
    public Optional<String> type() {
        return Optional.ofNullable(error.type());
    }

    /** Returns PostHog's error code, such as {@code unique}. */
    public Optional<String> code() {
        return Optional.ofNullable(error.code());
    }

    /** Returns PostHog's error message, or the beginning of the response if it has another form. */
    public Optional<String> detail() {
        return Optional.ofNullable(error.detail());
    }

    /** Returns the name of the invalid field; nested fields are joined by {@code __}. */
    public Optional<String> attr() {
        return Optional.ofNullable(error.attr());
    }

    /** Returns the delay that PostHog requested before the next attempt. */
    public Optional<Duration> retryAfter() {
        return Optional.ofNullable(error.retryAfter());
    }
}
