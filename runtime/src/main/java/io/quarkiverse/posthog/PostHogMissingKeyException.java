package io.quarkiverse.posthog;

/** The account has no key that allows the operation. The message names the configuration key to set. */
public class PostHogMissingKeyException extends PostHogException {

    private static final long serialVersionUID = 1L;

    /** For the extension itself. */
    public PostHogMissingKeyException(String account, String operation, String message) {
        super(account, operation, message, null);
    }
}
