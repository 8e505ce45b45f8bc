package io.quarkiverse.posthog.check;

/**
 * A scope of personal API keys that part of the extension needs.
 *
 * @param scope PostHog's name of the scope, such as {@code person:read}
 * @param neededFor the functions that require the scope
 * @param granted whether the key of the account has the scope
 */
// The scopes and their functions are listed in io.quarkiverse.posthog.runtime.check.ScopesCheck
public record KeyScope(String scope, String neededFor, boolean granted) {
}
