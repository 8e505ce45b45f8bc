package io.quarkiverse.posthog.dashboards;

import io.quarkiverse.posthog.Paging;
import io.smallrye.common.annotation.CheckReturnValue;

/**
 * Which dashboards to list. Immutable: each method returns a changed copy.
 *
 * @param search part of the name, null for all
 * @param paging how much to read
 */
public record DashboardQuery(String search, Paging paging) {

    /** All dashboards, the pinned ones first. */
    public static DashboardQuery create() {
        return new DashboardQuery(null, Paging.ALL);
    }

    /** Only dashboards with this in their name. */
    @CheckReturnValue
    public DashboardQuery search(String search) {
        return new DashboardQuery(search, paging);
    }

    /** Sets how many dashboards to return at the most. */
    @CheckReturnValue
    public DashboardQuery limit(int limit) {
        return new DashboardQuery(search, paging.limit(limit));
    }

    /** Leaves out this many dashboards at the start. */
    @CheckReturnValue
    public DashboardQuery offset(int offset) {
        return new DashboardQuery(search, paging.offset(offset));
    }

    /** Sets how many dashboards to ask for in one request. */
    @CheckReturnValue
    public DashboardQuery pageSize(int pageSize) {
        return new DashboardQuery(search, paging.pageSize(pageSize));
    }
}
