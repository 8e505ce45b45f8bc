package io.quarkiverse.posthog;

/** PostHog could not be reached, or did not respond in time. The cause contains the reason. */
public class PostHogConnectionException extends PostHogException {

    private static final long serialVersionUID = 1L;

    /** Used by the extension only. */
    public PostHogConnectionException(String account, String operation, String message, Throwable cause) {
        super(account, operation, message, cause);
    }
}
