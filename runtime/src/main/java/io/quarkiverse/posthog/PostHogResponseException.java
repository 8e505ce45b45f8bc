package io.quarkiverse.posthog;

/**
 * PostHog, or a proxy, responded with a success status, but the response is invalid: it is empty, truncated or not JSON; it is
 * a redirect; it is larger than the limit; it has fewer rows than the query ({@link PostHog#queryRows}); the query still runs
 * in the background after {@code query-timeout}; or, in capture protocol {@code v1}, PostHog rejected the
 * event.
 */
public class PostHogResponseException extends PostHogException {

    private static final long serialVersionUID = 1L;

    /** Used by the extension only. */
    public PostHogResponseException(String account, String operation, String message, Throwable cause) {
        super(account, operation, message, cause);
    }
}
