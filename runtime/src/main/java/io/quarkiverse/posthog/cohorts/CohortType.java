package io.quarkiverse.posthog.cohorts;

/** A type of cohorts, to filter lists. */
public enum CohortType {

    /** A cohort with fixed members. */
    STATIC("static"),

    /** A cohort whose members are computed from filters. */
    DYNAMIC("dynamic");

    private final String value;

    CohortType(String value) {
        this.value = value;
    }

    /** Returns PostHog's name of this value. */
    public String value() {
        return value;
    }
}
