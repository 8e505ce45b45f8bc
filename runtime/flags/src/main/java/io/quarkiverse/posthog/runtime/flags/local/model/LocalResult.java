package io.quarkiverse.posthog.runtime.flags.local.model;

/** The result of evaluating a flag. */
public sealed interface LocalResult {

    /** The flag is not in the definitions. */
    LocalResult MISSING = new Missing();

    /**
     * The value of the flag, which is the same as in PostHog.
     *
     * @param enabled whether the flag is enabled
     * @param variant the key of the variant; {@code null} if the flag is disabled or has no variants
     * @param payloadJson the payload of this value as JSON text; {@code null} if it has no payload
     * @param reason the reason for this value
     * @param conditionIndex the index of the condition set that decided; -1 if not a condition set decided
     */
    record Value(boolean enabled, String variant, String payloadJson, MatchReason reason,
            int conditionIndex) implements LocalResult {

        public static final int NO_CONDITION = -1;

        public static Value off(MatchReason reason, int conditionIndex) {
            return new Value(false, null, null, reason, conditionIndex);
        }
    }

    /**
     * The flag cannot be evaluated locally.
     *
     * @param reason the reason, such as a missing property
     * @param needsServer whether the evaluation ended at a cohort that only PostHog can evaluate
     */
    record Inconclusive(String reason, boolean needsServer) implements LocalResult {

        public static Inconclusive because(String reason) {
            return new Inconclusive(reason, false);
        }

        public static Inconclusive needsServer(String reason) {
            return new Inconclusive(reason, true);
        }
    }

    record Missing() implements LocalResult {
    }
}
