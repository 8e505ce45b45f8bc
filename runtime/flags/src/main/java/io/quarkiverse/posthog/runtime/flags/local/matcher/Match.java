package io.quarkiverse.posthog.runtime.flags.local.matcher;

/** Whether a filter matches. */
public enum Match {
    YES,
    NO,
    /** Required data is missing. */
    UNKNOWN,
    /** Only PostHog can evaluate the filter. */
    SERVER;

    public static Match of(boolean matches) {
        return matches ? YES : NO;
    }

    /** Returns the result of the negated filter, which is as unknown as the filter. */
    public Match not() {
        return switch (this) {
            case YES -> NO;
            case NO -> YES;
            default -> this;
        };
    }
}
