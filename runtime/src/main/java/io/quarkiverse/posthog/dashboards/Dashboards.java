package io.quarkiverse.posthog.dashboards;

import io.quarkiverse.posthog.Page;
import io.smallrye.common.annotation.CheckReturnValue;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;

/**
 * The dashboards.
 * <p>
 * Needs {@code personal-api-key} with the scope {@code dashboard:read}.
 */
public interface Dashboards {

    /** All dashboards, without tiles, the pinned ones first. */
    @CheckReturnValue
    default Multi<Dashboard> list() {
        return list(DashboardQuery.create());
    }

    /** All matching dashboards, without tiles, the pinned ones first. Pages are fetched on demand, one at a time. */
    @CheckReturnValue
    Multi<Dashboard> list(DashboardQuery query);

    /** One page of dashboards, without tiles. */
    @CheckReturnValue
    Uni<Page<Dashboard>> page(DashboardQuery query);

    /**
     * One dashboard, with its tiles and their cached results. It may be large.
     * <p>
     * Fails with {@link io.quarkiverse.posthog.PostHogNotFoundException} when there is none, or it is deleted.
     */
    @CheckReturnValue
    Uni<Dashboard> get(long id);
}
