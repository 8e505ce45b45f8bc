package io.quarkiverse.posthog;

/** Somebody else changed it meanwhile (409). */
public class PostHogConflictException extends PostHogApiException {

    private static final long serialVersionUID = 1L;

    /** For the extension itself. */
    public PostHogConflictException(ApiError error) {
        super(error, "read it again and repeat the change");
    }
}
