package io.quarkiverse.posthog.check;

/** How something stands, the best first. */
public enum CheckStatus {

    /** It is as it should be. */
    OK,

    /** It does not matter for this account, or could not be looked at; the reason is given. */
    SKIPPED,

    /** It works, or part of it, but not as it should. */
    WARNING,

    /** It does not work. */
    FAILED
}
