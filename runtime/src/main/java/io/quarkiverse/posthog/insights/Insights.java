package io.quarkiverse.posthog.insights;

import io.quarkiverse.posthog.Page;
import io.quarkiverse.posthog.query.QueryRefresh;
import io.smallrye.common.annotation.CheckReturnValue;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;

/**
 * The saved insights.
 * <p>
 * Needs {@code personal-api-key} with the scope {@code insight:read}.
 */
public interface Insights {

    /** All insights, without results. */
    @CheckReturnValue
    default Multi<Insight> list() {
        return list(InsightQuery.create());
    }

    /** All matching insights. Pages are fetched on demand, one at a time. */
    @CheckReturnValue
    Multi<Insight> list(InsightQuery query);

    /** One page of insights. */
    @CheckReturnValue
    Uni<Page<Insight>> page(InsightQuery query);

    /** One insight by numeric id, with the result that is cached. See {@link #get(long, QueryRefresh)}. */
    @CheckReturnValue
    default Uni<Insight> get(long id) {
        return get(id, QueryRefresh.FORCE_CACHE);
    }

    /**
     * One insight by numeric id.
     * <p>
     * Fails with {@link io.quarkiverse.posthog.PostHogNotFoundException} when there is none, or it is deleted.
     */
    @CheckReturnValue
    Uni<Insight> get(long id, QueryRefresh refresh);

    /** One insight by the id in its link, with the result that is cached. See {@link #get(String, QueryRefresh)}. */
    @CheckReturnValue
    default Uni<Insight> get(String shortId) {
        return get(shortId, QueryRefresh.FORCE_CACHE);
    }

    /**
     * One insight by the id in its link, {@link Insight#shortId()}.
     * <p>
     * Fails with {@link io.quarkiverse.posthog.PostHogNotFoundException} when there is none, or it is deleted.
     */
    @CheckReturnValue
    Uni<Insight> get(String shortId, QueryRefresh refresh);
}
