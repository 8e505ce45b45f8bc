package io.quarkiverse.posthog;

/** Too many requests (429). {@link #retryAfter()} says how long to wait. */
public class PostHogRateLimitException extends PostHogApiException {

    private static final long serialVersionUID = 1L;

    /**
     * For the extension itself.
     *
     * @param budgetKeys the configuration keys that keep the account under the limits
     */
    public PostHogRateLimitException(ApiError error, String budgetKeys) {
        super(error, "wait, and send fewer requests; " + budgetKeys + " keeps the account under the limits");
    }
}
