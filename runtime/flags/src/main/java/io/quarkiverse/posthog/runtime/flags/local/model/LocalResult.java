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
     * @param conditionIndex the index of the condition set or rule that decided; -1 if none of them decided
     * @param rule the typed value and the rule of a flag with ordered rules; {@code null} for other flags
     */
    record Value(boolean enabled, String variant, String payloadJson, MatchReason reason,
            int conditionIndex, RuleOutcome rule) implements LocalResult {

        public static final int NO_CONDITION = -1;

        /** Creates the value of a flag with condition sets. */
        public Value(boolean enabled, String variant, String payloadJson, MatchReason reason, int conditionIndex) {
            this(enabled, variant, payloadJson, reason, conditionIndex, null);
        }

        public static Value off(MatchReason reason, int conditionIndex) {
            return new Value(false, null, null, reason, conditionIndex);
        }
    }

    /**
     * The flag cannot be evaluated locally.
     *
     * @param reason the reason, such as a missing property
     * @param needsServer whether the evaluation ended at a cohort that only PostHog can evaluate
     * @param cause the category of the reason
     */
    record Inconclusive(String reason, boolean needsServer, InconclusiveCause cause) implements LocalResult {

        /** Creates the result of a definition that is not supported. */
        public static Inconclusive because(String reason) {
            return because(reason, InconclusiveCause.UNSUPPORTED_DEFINITION);
        }

        public static Inconclusive because(String reason, InconclusiveCause cause) {
            return new Inconclusive(reason, false, cause);
        }

        /** Creates the result of an input in which an ID or property is missing or cannot be used. */
        public static Inconclusive missing(String reason) {
            return because(reason, InconclusiveCause.MISSING_CONTEXT);
        }

        /** Creates the result of a definition that only PostHog can evaluate. */
        public static Inconclusive needsServer(String reason) {
            return needsServer(reason, InconclusiveCause.UNSUPPORTED_DEFINITION);
        }

        public static Inconclusive needsServer(String reason, InconclusiveCause cause) {
            return new Inconclusive(reason, true, cause);
        }
    }

    record Missing() implements LocalResult {
    }
}
