package io.quarkiverse.posthog.runtime.flags.local.matcher;

/** Whether a filter matches. */
public enum Match {
    YES,
    NO,
    /** What is needed to know is not there. */
    UNKNOWN,
    /** Only PostHog can know. */
    SERVER;

    public static Match of(boolean matches) {
        return matches ? YES : NO;
    }

    /** Nobody knows more of the opposite. */
    public Match not() {
        return switch (this) {
            case YES -> NO;
            case NO -> YES;
            default -> this;
        };
    }
}
