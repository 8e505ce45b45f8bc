package io.quarkiverse.posthog.query;

/** Whether PostHog may compute the result of a query or an insight anew, or takes a cached one. */
public enum QueryRefresh {

    /** Only what is cached; an insight for which nothing is has no result. PostHog's default for insights. */
    FORCE_CACHE("force_cache"),

    /** Compute when the cache is stale, and wait for it. PostHog's default for queries. */
    BLOCKING("blocking"),

    /**
     * Compute when the cache is stale, in the background. A query is waited for; an insight says in its query status how far it
     * is.
     */
    ASYNC("async"),

    /** Like {@link #ASYNC}, but wait when nothing is cached. */
    ASYNC_EXCEPT_ON_CACHE_MISS("async_except_on_cache_miss"),

    /** Compute in the background only when the cache is very stale. */
    LAZY_ASYNC("lazy_async"),

    /** Compute in any case, and wait for it. */
    FORCE_BLOCKING("force_blocking"),

    /** Compute in any case, in the background. */
    FORCE_ASYNC("force_async");

    private final String value;

    QueryRefresh(String value) {
        this.value = value;
    }

    /** The name PostHog uses. */
    public String value() {
        return value;
    }
}
