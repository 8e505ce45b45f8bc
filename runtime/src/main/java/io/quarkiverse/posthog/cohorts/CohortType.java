package io.quarkiverse.posthog.cohorts;

/** The kinds of cohorts that a list can be narrowed to. */
public enum CohortType {

    /** The members are fixed. */
    STATIC("static"),

    /** The members are computed from filters. */
    DYNAMIC("dynamic");

    private final String value;

    CohortType(String value) {
        this.value = value;
    }

    /** The name PostHog uses. */
    public String value() {
        return value;
    }
}
