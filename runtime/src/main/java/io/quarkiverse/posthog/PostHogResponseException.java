package io.quarkiverse.posthog;

/**
 * PostHog, or something in between such as a proxy, answered with success but with something that can't be understood:
 * no JSON, cut off JSON, or nothing where there should be something.
 */
public class PostHogResponseException extends PostHogException {

    private static final long serialVersionUID = 1L;

    /** For the extension itself. */
    public PostHogResponseException(String account, String operation, String message, Throwable cause) {
        super(account, operation, message, cause);
    }
}
