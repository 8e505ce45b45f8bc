package io.quarkiverse.posthog;

/** PostHog failed (5xx). */
public class PostHogServerException extends PostHogApiException {

    private static final long serialVersionUID = 1L;

    /** Used by the extension only. */
    public PostHogServerException(ApiError error) {
        super(error, "PostHog failed; try again later");
    }
}
