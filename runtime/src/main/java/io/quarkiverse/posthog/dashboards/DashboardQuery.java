package io.quarkiverse.posthog.dashboards;

import io.quarkiverse.posthog.Paging;
import io.smallrye.common.annotation.CheckReturnValue;

/**
 * A query for dashboards. Immutable: each method returns a modified copy.
 *
 * @param search part of the name, null for all
 * @param paging the offset, the limit and the page size
 */
public record DashboardQuery(String search, Paging paging) {

    /** Returns a query for all dashboards, pinned dashboards first. */
    public static DashboardQuery create() {
        return new DashboardQuery(null, Paging.ALL);
    }

    /** Selects dashboards whose name contains the given text. */
    @CheckReturnValue
    public DashboardQuery search(String search) {
        return new DashboardQuery(search, paging);
    }

    /** Sets the maximum number of dashboards to return. */
    @CheckReturnValue
    public DashboardQuery limit(int limit) {
        return new DashboardQuery(search, paging.limit(limit));
    }

    /** Skips the given number of dashboards at the start. */
    @CheckReturnValue
    public DashboardQuery offset(int offset) {
        return new DashboardQuery(search, paging.offset(offset));
    }

    /** Sets the number of dashboards per request. */
    @CheckReturnValue
    public DashboardQuery pageSize(int pageSize) {
        return new DashboardQuery(search, paging.pageSize(pageSize));
    }
}
