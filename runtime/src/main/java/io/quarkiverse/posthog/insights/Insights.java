package io.quarkiverse.posthog.insights;

import io.quarkiverse.posthog.Page;
import io.quarkiverse.posthog.query.QueryRefresh;
import io.smallrye.common.annotation.CheckReturnValue;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;

/**
 * Reads saved insights.
 * <p>
 * Requires {@code personal-api-key} with the scope {@code insight:read}.
 */
public interface Insights {

    /**
     * Lists all insights, without results. Shorthand for {@link #list(InsightQuery)} with {@link InsightQuery#create}.
     */
    @CheckReturnValue
    default Multi<Insight> list() {
        return list(InsightQuery.create());
    }

    /** Lists all matching insights. Fetches pages on demand, one at a time. */
    @CheckReturnValue
    Multi<Insight> list(InsightQuery query);

    /** Returns one page of insights. */
    @CheckReturnValue
    Uni<Page<Insight>> page(InsightQuery query);

    /**
     * Returns an insight by its numeric ID, with its cached result. Shorthand for {@link #get(long, QueryRefresh)} with
     * {@link QueryRefresh#FORCE_CACHE}.
     */
    @CheckReturnValue
    default Uni<Insight> get(long id) {
        return get(id, QueryRefresh.FORCE_CACHE);
    }

    /**
     * Returns an insight by its numeric ID.
     * <p>
     * Fails with {@link io.quarkiverse.posthog.PostHogNotFoundException} if it does not exist or is deleted.
     */
    @CheckReturnValue
    Uni<Insight> get(long id, QueryRefresh refresh);

    /**
     * Returns an insight by its short ID, with its cached result. Shorthand for {@link #get(String, QueryRefresh)} with
     * {@link QueryRefresh#FORCE_CACHE}.
     */
    @CheckReturnValue
    default Uni<Insight> get(String shortId) {
        return get(shortId, QueryRefresh.FORCE_CACHE);
    }

    /**
     * Returns an insight by its short ID, which is part of its link ({@link Insight#shortId()}).
     * <p>
     * Fails with {@link io.quarkiverse.posthog.PostHogNotFoundException} if it does not exist or is deleted.
     */
    @CheckReturnValue
    Uni<Insight> get(String shortId, QueryRefresh refresh);
}
