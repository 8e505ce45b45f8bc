package io.quarkiverse.posthog.insights;

/** The kinds of insights that a list can be narrowed to; the names are those that PostHog's {@code insight} parameter reads. */
public enum InsightType {

    /** How something develops over time. */
    TRENDS,

    /** How many get through a series of steps. */
    FUNNELS,

    /** How many come back. */
    RETENTION,

    /** Which way they go. */
    PATHS,

    /** How many are new, returning, resurrecting or dormant. */
    LIFECYCLE,

    /** On how many days they do something. */
    STICKINESS,

    /** A query in PostHog's JSON form. */
    JSON,

    /** A HogQL query. */
    SQL
}
