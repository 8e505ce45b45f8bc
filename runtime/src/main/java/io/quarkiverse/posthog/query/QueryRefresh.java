package io.quarkiverse.posthog.query;

/** Whether PostHog computes the result of a query or an insight, or returns a cached one. */
public enum QueryRefresh {

    /** Only return a cached result; without one, an insight has no result. PostHog's default for insights. */
    FORCE_CACHE("force_cache"),

    /** Compute the result if the cache is stale, and wait for it. PostHog's default for queries. */
    BLOCKING("blocking"),

    /**
     * Compute the result in the background if the cache is stale. The extension waits for the result of a query; an insight
     * has the progress in its query status.
     */
    ASYNC("async"),

    /** Like {@link #ASYNC}, but wait if no result is cached. */
    ASYNC_EXCEPT_ON_CACHE_MISS("async_except_on_cache_miss"),

    /** Compute the result in the background only if the cache is very stale. */
    LAZY_ASYNC("lazy_async"),

    /** Always compute the result, and wait for it. */
    FORCE_BLOCKING("force_blocking"),

    /** Always compute the result, in the background. */
    FORCE_ASYNC("force_async");

    private final String value;

    QueryRefresh(String value) {
        this.value = value;
    }

    /** Returns PostHog's name of this value. */
    public String value() {
        return value;
    }
}
