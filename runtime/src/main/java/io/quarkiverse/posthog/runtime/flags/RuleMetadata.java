package io.quarkiverse.posthog.runtime.flags;

/**
 * The rule that determined the value of a flag. Fields are null if PostHog returned none.
 *
 * @param configVersion the version of the flag's rules
 * @param variantKey the key of the variant, which can differ from the value
 */
record RuleMetadata(Integer configVersion, String ruleType, String ruleId, Long experimentId, String variantKey,
        Long holdoutId) {

    /** The metadata of a flag with condition sets, which has no rules. */
    static final RuleMetadata V1 = new RuleMetadata(1, null, null, null, null, null);

    boolean isV2() {
        return configVersion != null && configVersion == 2;
    }
}
