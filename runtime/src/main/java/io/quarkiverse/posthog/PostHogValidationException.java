package io.quarkiverse.posthog;

/** PostHog rejected the request (400, and all other 4xx without their own class). {@link #attr()} returns the invalid field. */
public class PostHogValidationException extends PostHogApiException {

    private static final long serialVersionUID = 1L;

    /** Used by the extension only. */
    public PostHogValidationException(ApiError error) {
        super(error, null);
    }
}
