package io.quarkiverse.posthog.featureflags;

/** The states of feature flags that a list can be narrowed to. */
public enum FeatureFlagState {

    /** Switched on. */
    ACTIVE("true"),

    /** Switched off. */
    INACTIVE("false"),

    /** Not evaluated for long, or the same for everyone: PostHog's own verdict. */
    STALE("STALE");

    private final String value;

    FeatureFlagState(String value) {
        this.value = value;
    }

    /** The value PostHog uses. */
    public String value() {
        return value;
    }
}
