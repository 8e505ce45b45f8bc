package io.quarkiverse.posthog;

/** The object was changed by another client (409). */
public class PostHogConflictException extends PostHogApiException {

    private static final long serialVersionUID = 1L;

    /** Used by the extension only. */
    public PostHogConflictException(ApiError error) {
        super(error, "read the object again and retry the change");
    }
}
