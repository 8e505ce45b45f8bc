package io.quarkiverse.posthog.runtime.flags.local.model;

/** The causes of an inconclusive evaluation, by how they can be resolved. */
public enum InconclusiveCause {

    /** The flag has experience continuity, so that only PostHog can evaluate it. */
    EXPERIENCE_CONTINUITY,

    /** The definition contains an element that is malformed or cannot be evaluated locally. */
    UNSUPPORTED_DEFINITION,

    /** A filter of a rule cannot be evaluated, such as an invalid regular expression. */
    FAILED_FILTER,

    /** An ID or property is missing in the input, or has a value that cannot be used. */
    MISSING_CONTEXT,

    /** A flag on which the flag depends is inconclusive. */
    UNRESOLVED_DEPENDENCY
}
