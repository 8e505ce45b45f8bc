package io.quarkiverse.posthog;

/**
 * PostHog, or something in between such as a proxy, answered, but not with what was asked for: with something that
 * can't be understood (no JSON, cut off JSON, nothing where there should be something), with a redirect, with fewer
 * rows than a query has ({@link PostHog#queryRows}), with a query that is still running in the background after
 * {@code query-timeout}, or, in protocol {@code v1} of capturing, with the refusal of the event.
 */
public class PostHogResponseException extends PostHogException {

    private static final long serialVersionUID = 1L;

    /** For the extension itself. */
    public PostHogResponseException(String account, String operation, String message, Throwable cause) {
        super(account, operation, message, cause);
    }
}
