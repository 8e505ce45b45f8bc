package io.quarkiverse.posthog.runtime.flags;

/**
 * A flag in a response that has no value.
 *
 * @param description the reason in words; null if PostHog returned none
 * @param flag the flag; null if it could not be parsed
 */
record FailedFlag(String description, ResolvedFlag flag) {
}
