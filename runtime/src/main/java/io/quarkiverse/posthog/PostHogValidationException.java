package io.quarkiverse.posthog;

/** PostHog refuses what was sent (400 and the other 4xx without a class of their own). {@link #attr()} names the field. */
public class PostHogValidationException extends PostHogApiException {

    private static final long serialVersionUID = 1L;

    /** For the extension itself. */
    public PostHogValidationException(ApiError error) {
        super(error, null);
    }
}
