package io.quarkiverse.posthog;

/** PostHog failed (5xx). */
public class PostHogServerException extends PostHogApiException {

    private static final long serialVersionUID = 1L;

    /** For the extension itself. */
    public PostHogServerException(ApiError error) {
        super(error, "PostHog has trouble; try again later");
    }
}
