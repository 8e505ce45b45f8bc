package io.quarkiverse.posthog.functions;

/**
 * A decision about calls of a function.
 *
 * @param function the name of the function, such as {@code posthog_list_events}
 * @param operation what the function does
 * @param account the name of the account
 * @param configured the access in the configuration
 */
public record FunctionAccess(String function, FunctionOperation operation, String account, Access configured) {
}
