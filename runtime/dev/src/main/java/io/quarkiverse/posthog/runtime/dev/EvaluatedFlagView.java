package io.quarkiverse.posthog.runtime.dev;

/**
 * A flag that was evaluated for somebody, as the Dev UI shows it.
 *
 * @param value {@code true}, {@code false} or the variant; null when it has none, so that the
 *        default of the caller counts
 * @param payload of this value, JSON text; null for none
 * @param reason PostHog's code for why it has this value; null when not known
 * @param description the same in words; null when there are none
 * @param condition which condition decided, from 0; null when it was none in particular
 * @param local whether it was evaluated in this process
 * @param notLocal why it can't be evaluated in this process; null when it can, or there are no definitions to try with
 */
public record EvaluatedFlagView(String key, String value, String payload, String reason, String description,
        Integer condition, boolean local, String notLocal) {
}
