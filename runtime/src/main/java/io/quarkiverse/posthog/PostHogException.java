package io.quarkiverse.posthog;

/**
 * Something went wrong between the application and PostHog. The message names the account and the operation, and says
 * what to do.
 */
public abstract class PostHogException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String account;
    private final String operation;

    protected PostHogException(String account, String operation, String message, Throwable cause) {
        super("PostHog account '" + account + "', " + operation + ": " + message, cause);
        this.account = account;
        this.operation = operation;
    }

    /** The name of the account. */
    public String account() {
        return account;
    }

    /** What was asked for, such as {@code featureFlags.create}. */
    public String operation() {
        return operation;
    }
}
