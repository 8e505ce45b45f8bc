package io.quarkiverse.posthog.featureflags;

/** A feature flag type, to filter lists. */
public enum FeatureFlagType {

    /** A boolean flag. */
    BOOLEAN("boolean"),

    /** A flag with variants. */
    MULTIVARIANT("multivariant"),

    /** A flag that an experiment uses. */
    EXPERIMENT("experiment"),

    /** A remote configuration, which only has a payload. */
    REMOTE_CONFIG("remote_config");

    private final String value;

    FeatureFlagType(String value) {
        this.value = value;
    }

    /** Returns PostHog's name of this value. */
    public String value() {
        return value;
    }
}
