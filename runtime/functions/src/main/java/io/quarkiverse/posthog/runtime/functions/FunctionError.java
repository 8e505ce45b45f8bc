package io.quarkiverse.posthog.runtime.functions;

import java.util.List;

/**
 * The reason why a call failed. Immutable: each method returns a modified copy.
 *
 * @param account the name of the account; null if the call names none
 * @param operation the name of the function
 * @param status the HTTP status of PostHog's response; null without a response
 * @param field the invalid parameter or field; may be null
 * @param allowed the possible values; empty if there are no such limits
 * @param retryAfterSeconds the delay before the next attempt; null if PostHog requested none
 * @param hint what the caller can do; may be null
 * @param problems all problems of the arguments
 */
public record FunctionError(Type type, String message, String account, String operation, Integer status, String field,
        List<String> allowed, Long retryAfterSeconds, String hint, List<Problem> problems) {

    /** The kind of a failure, on which callers can branch. */
    public enum Type {
        VALIDATION,
        MISSING_KEY,
        UNAUTHORIZED,
        PERMISSION,
        NOT_FOUND,
        CONFLICT,
        IN_USE,
        RATE_LIMITED,
        QUOTA,
        SERVER,
        CONNECTION,
        TIMEOUT,
        /** The policy or a person rejected the call. */
        DENIED,
        /** A person must be asked, which is not possible. */
        APPROVAL_REQUIRED,
        UNKNOWN_FUNCTION,
        UNKNOWN_ACCOUNT,
        /** An unexpected failure, which is logged. */
        INTERNAL
    }

    /**
     * A problem of an argument.
     *
     * @param expected what the value must be
     * @param example a valid value; null if there is none
     */
    public record Problem(String field, String message, String expected, Object example) {
    }

    public FunctionError {
        allowed = List.copyOf(allowed);
        problems = List.copyOf(problems);
    }

    public static FunctionError of(Type type, String message) {
        return new FunctionError(type, message, null, null, null, null, List.of(), null, null, List.of());
    }

    public FunctionError at(String account, String operation) {
        return new FunctionError(type, message, account, operation, status, field, allowed, retryAfterSeconds, hint, problems);
    }

    public FunctionError status(int status) {
        return new FunctionError(type, message, account, operation, status, field, allowed, retryAfterSeconds, hint, problems);
    }

    public FunctionError field(String field) {
        return new FunctionError(type, message, account, operation, status, field, allowed, retryAfterSeconds, hint, problems);
    }

    public FunctionError allowed(List<String> allowed) {
        return new FunctionError(type, message, account, operation, status, field, allowed, retryAfterSeconds, hint, problems);
    }

    public FunctionError retryAfter(long seconds) {
        return new FunctionError(type, message, account, operation, status, field, allowed, seconds, hint, problems);
    }

    public FunctionError hint(String hint) {
        return new FunctionError(type, message, account, operation, status, field, allowed, retryAfterSeconds, hint, problems);
    }

    public FunctionError problems(List<Problem> problems) {
        return new FunctionError(type, message, account, operation, status, field, allowed, retryAfterSeconds, hint, problems);
    }
}
