package io.quarkiverse.posthog.insights;

/** A type of insights, to filter lists. The names are the values of PostHog's {@code insight} parameter. */
public enum InsightType {

    /** Trends: counts over time. */
    TRENDS,

    /** Funnels: conversion through a series of steps. */
    FUNNELS,

    /** Retention: users who return. */
    RETENTION,

    /** Paths: navigation of users. */
    PATHS,

    /** Lifecycle: new, returning, resurrecting and dormant users. */
    LIFECYCLE,

    /** Stickiness: the number of days on which users are active. */
    STICKINESS,

    /** A query in PostHog's JSON form. */
    JSON,

    /** A HogQL query. */
    SQL
}
