package io.quarkiverse.posthog.insights;

/** Whether PostHog may compute an insight anew. */
public enum InsightRefresh {

    /** Only what is cached: {@link Insight#result()} is null where nothing is. PostHog's default. */
    FORCE_CACHE("force_cache"),

    /** Compute when the cache is stale, and wait for it. */
    BLOCKING("blocking"),

    /** Compute when the cache is stale, in the background: {@code query_status} says how far it is. */
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

    InsightRefresh(String value) {
        this.value = value;
    }

    /** The name PostHog uses. */
    public String value() {
        return value;
    }
}
