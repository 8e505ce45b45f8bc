package io.quarkiverse.posthog.featureflags;

/** The kinds of feature flags that a list can be narrowed to. */
public enum FeatureFlagType {

    /** On or off. */
    BOOLEAN("boolean"),

    /** With variants. */
    MULTIVARIANT("multivariant"),

    /** Used by an experiment. */
    EXPERIMENT("experiment"),

    /** Only delivers a payload. */
    REMOTE_CONFIG("remote_config");

    private final String value;

    FeatureFlagType(String value) {
        this.value = value;
    }

    /** The name PostHog uses. */
    public String value() {
        return value;
    }
}
