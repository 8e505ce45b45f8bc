package io.quarkiverse.posthog.check;

/**
 * A scope of personal API keys that part of the extension needs.
 *
 * @param scope PostHog's name of it, such as {@code person:read}
 * @param neededFor what can't be done without it
 * @param granted whether the key of the account has it
 */
public record KeyScope(String scope, String neededFor, boolean granted) {
}
