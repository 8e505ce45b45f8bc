package io.quarkiverse.posthog.functions;

/** The effect of a function on the data of PostHog. */
public enum FunctionOperation {

    /** It only reads. */
    READ,

    /** It captures events, or creates, changes or deletes objects. */
    WRITE
}
