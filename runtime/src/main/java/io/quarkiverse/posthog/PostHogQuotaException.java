package io.quarkiverse.posthog;

/** The plan or the quota of the PostHog organization does not allow the operation (402). */
public class PostHogQuotaException extends PostHogApiException {

    private static final long serialVersionUID = 1L;

    /** Used by the extension only. */
    public PostHogQuotaException(ApiError error) {
        super(error, "the plan or quota of the PostHog organization is used up");
    }
}
