package io.quarkiverse.posthog.check;

/** The status of a check, from best to worst. */
public enum CheckStatus {

    /** The check passed. */
    OK,

    /** The check does not apply to this account, or could not be performed. */
    SKIPPED,

    /** The check found a problem that does not affect all functions. */
    WARNING,

    /** The check failed. */
    FAILED
}
