package io.quarkiverse.posthog.events;

/** The order of an event list. */
public enum EventOrder {

    /** Oldest first. */
    ASCENDING,

    /** Newest first, PostHog's default. */
    DESCENDING
}
