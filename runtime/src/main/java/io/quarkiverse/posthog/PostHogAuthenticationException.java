package io.quarkiverse.posthog;

/** PostHog rejected the key (401). */
public class PostHogAuthenticationException extends PostHogApiException {

    private static final long serialVersionUID = 1L;

    /** Used by the extension only. */
    public PostHogAuthenticationException(ApiError error) {
        super(error,
                "check the key: personal API keys begin with phx_, project tokens with phc_, and a key is valid in one region only");
    }
}
