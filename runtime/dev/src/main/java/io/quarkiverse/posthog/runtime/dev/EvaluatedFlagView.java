package io.quarkiverse.posthog.runtime.dev;

/**
 * An evaluated flag for the Dev UI.
 *
 * @param value {@code true}, {@code false} or the variant; null if the default value of the caller applies
 * @param payload the payload of this value as JSON text; null if there is none
 * @param reason PostHog's code of the reason, or {@code evaluation_contexts} or {@code evaluation_runtime} for a flag that is
 *        not evaluated for this application; null if unknown
 * @param description the reason in words; null if there are none
 * @param condition the index of the condition set or rule that determined the value, from 0; null if there is none
 * @param local whether the flag was evaluated locally
 * @param notLocal the reason why it cannot be evaluated locally; null if it can, or without definitions
 * @param cause the category of this reason, such as {@code missing_context}; null if it can
 */
public record EvaluatedFlagView(String key, String value, String payload, String reason, String description,
        Integer condition, boolean local, String notLocal, String cause) {

    /** Creates the view of a flag that neither the application nor PostHog evaluates. */
    static EvaluatedFlagView excluded(String key, String reason) {
        return new EvaluatedFlagView(key, null, null, reason, null, null, false, null, null);
    }
}
