package io.quarkiverse.posthog;

/** PostHog does not accept the key (401). */
public class PostHogAuthenticationException extends PostHogApiException {

    private static final long serialVersionUID = 1L;

    /** For the extension itself. */
    public PostHogAuthenticationException(ApiError error) {
        super(error,
                "check the key: personal keys begin with phx_, project keys with phc_, and keys of one region are unknown in the other");
    }
}
