package io.quarkiverse.posthog.dashboards;

import io.quarkiverse.posthog.Page;
import io.smallrye.common.annotation.CheckReturnValue;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;

/**
 * Reads dashboards.
 * <p>
 * Requires {@code personal-api-key} with the scope {@code dashboard:read}.
 */
public interface Dashboards {

    /**
     * Lists all dashboards, without tiles, pinned dashboards first. Shorthand for {@link #list(DashboardQuery)} with
     * {@link DashboardQuery#create}.
     */
    @CheckReturnValue
    default Multi<Dashboard> list() {
        return list(DashboardQuery.create());
    }

    /** Lists all matching dashboards, without tiles, pinned dashboards first. Fetches pages on demand, one at a time. */
    @CheckReturnValue
    Multi<Dashboard> list(DashboardQuery query);

    /** Returns one page of dashboards, without tiles. */
    @CheckReturnValue
    Uni<Page<Dashboard>> page(DashboardQuery query);

    /**
     * Returns a dashboard, with its tiles and their cached results. The result can be large.
     * <p>
     * Fails with {@link io.quarkiverse.posthog.PostHogNotFoundException} if it does not exist or is deleted.
     */
    @CheckReturnValue
    Uni<Dashboard> get(long id);
}
