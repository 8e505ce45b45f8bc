package io.quarkiverse.posthog;

/** The plan or the quota of the PostHog organization does not allow it (402). */
public class PostHogQuotaException extends PostHogApiException {

    private static final long serialVersionUID = 1L;

    /** For the extension itself. */
    public PostHogQuotaException(ApiError error) {
        super(error, "the plan or quota of the PostHog organization is used up");
    }
}
