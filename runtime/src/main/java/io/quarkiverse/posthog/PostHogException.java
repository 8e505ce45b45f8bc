package io.quarkiverse.posthog;

/**
 * The base class of all failures of PostHog, or of the connection to it. The message names the account, the operation and the
 * next step.
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

    /** Returns the name of the account. */
    public String account() {
        return account;
    }

    /** Returns the operation, such as {@code featureFlags.create}. */
    public String operation() {
        return operation;
    }
}
