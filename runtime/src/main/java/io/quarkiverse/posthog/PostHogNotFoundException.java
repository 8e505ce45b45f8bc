package io.quarkiverse.posthog;

/** There is no such thing, or the key may not see it (404). */
public class PostHogNotFoundException extends PostHogApiException {

    private static final long serialVersionUID = 1L;

    /** For the extension itself. */
    public PostHogNotFoundException(ApiError error) {
        super(error, null);
    }
}
