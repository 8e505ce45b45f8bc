package io.quarkiverse.posthog;

/** Too many requests (429). {@link #retryAfter()} says how long to wait. */
public class PostHogRateLimitException extends PostHogApiException {

    private static final long serialVersionUID = 1L;

    /** For the extension itself. */
    public PostHogRateLimitException(ApiError error) {
        super(error, "wait, and send fewer requests; quarkus.posthog.budget.* keeps an account under the limits");
    }
}
