package io.quarkiverse.posthog.functions;

/** What a function does with the data of PostHog. */
public enum FunctionOperation {

    /** It only reads. */
    READ,

    /** It captures events, or creates, changes or deletes objects. */
    WRITE
}
