package io.quarkiverse.posthog;

/** PostHog rejected the key (401). */
public class PostHogAuthenticationException extends PostHogApiException {

    private static final long serialVersionUID = 1L;

    /** Used by the extension only. */
    public PostHogAuthenticationException(ApiError error) {
        super(error,
                "check the key: personal keys begin with phx_, project keys with phc_, and keys of one region are unknown in the other");
    }
}
