package io.quarkiverse.posthog;

/** The object does not exist, or the key has no access to it (404). */
public class PostHogNotFoundException extends PostHogApiException {

    private static final long serialVersionUID = 1L;

    /** Used by the extension only. */
    public PostHogNotFoundException(ApiError error) {
        super(error, null);
    }
}
