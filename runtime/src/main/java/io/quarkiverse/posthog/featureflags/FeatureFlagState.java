package io.quarkiverse.posthog.featureflags;

/** A feature flag state, to filter lists. */
public enum FeatureFlagState {

    /** Enabled. */
    ACTIVE("true"),

    /** Disabled. */
    INACTIVE("false"),

    /** Considered stale by PostHog: not evaluated for a long time, or with the same value for all users. */
    STALE("STALE");

    private final String value;

    FeatureFlagState(String value) {
        this.value = value;
    }

    /** Returns PostHog's name of this value. */
    public String value() {
        return value;
    }
}
