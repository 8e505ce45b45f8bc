package io.quarkiverse.posthog.cohorts;

import io.quarkiverse.posthog.Paging;
import io.smallrye.common.annotation.CheckReturnValue;

/**
 * A query for cohorts. Immutable: each method returns a modified copy.
 *
 * @param search a part of the name, at most 200 characters; null for all cohorts
 * @param type the type, null for all cohorts
 * @param paging the offset, the limit and the page size
 */
public record CohortQuery(String search, CohortType type, Paging paging) {

    /** Returns a query for all cohorts. */
    public static CohortQuery create() {
        return new CohortQuery(null, null, Paging.ALL);
    }

    /** Selects cohorts whose name contains the given text. */
    @CheckReturnValue
    public CohortQuery search(String search) {
        return new CohortQuery(search, type, paging);
    }

    /** Selects cohorts of this type. */
    @CheckReturnValue
    public CohortQuery type(CohortType type) {
        return new CohortQuery(search, type, paging);
    }

    /** Sets the maximum number of cohorts to return. */
    @CheckReturnValue
    public CohortQuery limit(int limit) {
        return new CohortQuery(search, type, paging.limit(limit));
    }

    /** Skips the given number of cohorts at the start. */
    @CheckReturnValue
    public CohortQuery offset(int offset) {
        return new CohortQuery(search, type, paging.offset(offset));
    }

    /** Sets the number of cohorts per request. */
    @CheckReturnValue
    public CohortQuery pageSize(int pageSize) {
        return new CohortQuery(search, type, paging.pageSize(pageSize));
    }
}
