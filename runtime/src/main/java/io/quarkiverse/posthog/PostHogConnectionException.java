package io.quarkiverse.posthog;

/** PostHog could not be reached, or did not answer in time. The cause says why. */
public class PostHogConnectionException extends PostHogException {

    private static final long serialVersionUID = 1L;

    /** For the extension itself. */
    public PostHogConnectionException(String account, String operation, String message, Throwable cause) {
        super(account, operation, message, cause);
    }
}
