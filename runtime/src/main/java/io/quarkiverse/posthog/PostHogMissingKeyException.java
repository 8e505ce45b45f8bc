package io.quarkiverse.posthog;

/** The account does not have the key that the operation requires. The message names the configuration property to set. */
public class PostHogMissingKeyException extends PostHogException {

    private static final long serialVersionUID = 1L;

    /** Used by the extension only. */
    public PostHogMissingKeyException(String account, String operation, String message) {
        super(account, operation, message, null);
    }
}
