package io.quarkiverse.posthog.runtime.flags.local.model;

/** What became of evaluating a flag. */
public sealed interface LocalResult {

    /** The flag is not in the definitions. */
    LocalResult MISSING = new Missing();

    /**
     * The value of the flag, the same as that of PostHog.
     *
     * @param enabled whether it is on
     * @param variant the key of the variant; null when it is off or has none
     * @param payloadJson the payload of this value, JSON text; null when it has none
     * @param reason what decided
     * @param conditionIndex which condition decided, from 0; -1 when it was none in particular
     */
    record Value(boolean enabled, String variant, String payloadJson, MatchReason reason,
            int conditionIndex) implements LocalResult {

        public static final int NO_CONDITION = -1;

        public static Value off(MatchReason reason, int conditionIndex) {
            return new Value(false, null, null, reason, conditionIndex);
        }
    }

    /**
     * It cannot be decided here.
     *
     * @param reason what is missing
     * @param needsServer whether a cohort that only PostHog knows ended the evaluation
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
