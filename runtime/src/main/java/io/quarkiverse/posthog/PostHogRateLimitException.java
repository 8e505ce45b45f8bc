package io.quarkiverse.posthog;

/** Too many requests (429). {@link #retryAfter()} returns the requested delay. */
public class PostHogRateLimitException extends PostHogApiException {

    private static final long serialVersionUID = 1L;

    /**
     * Used by the extension only.
     *
     * @param rateLimitKeys the configuration properties of the client-side rate limit
     */
    public PostHogRateLimitException(ApiError error, String rateLimitKeys) {
        super(error, "wait, and send fewer requests; " + rateLimitKeys + " keeps the account under the limits");
    }
}
