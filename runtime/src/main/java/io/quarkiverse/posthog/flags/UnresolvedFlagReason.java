package io.quarkiverse.posthog.flags;

/** The reason why a flag with a loaded definition has no value. The codes are the ones of PostHog's SDKs. */
public enum UnresolvedFlagReason {

    /** The flag persists across authentication steps in PostHog, so that it is never evaluated locally. */
    EXPERIENCE_CONTINUITY("experience_continuity"),

    /** The definition is malformed, or contains an element that cannot be evaluated locally, such as a static cohort. */
    UNSUPPORTED_DEFINITION("unsupported_definition"),

    /**
     * The {@link FlagContext} does not contain a property, group, group property or device ID that the flag needs, or
     * contains a value that cannot be used.
     */
    MISSING_CONTEXT("missing_context"),

    /** A flag on which this flag depends could not be resolved. */
    UNRESOLVED_DEPENDENCY("unresolved_dependency");

    private final String code;

    UnresolvedFlagReason(String code) {
        this.code = code;
    }

    /** Returns the code, such as {@code missing_context}. */
    public String code() {
        return code;
    }

    @Override
    public String toString() {
        return code;
    }
}
