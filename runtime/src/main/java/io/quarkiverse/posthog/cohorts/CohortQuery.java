package io.quarkiverse.posthog.cohorts;

import io.quarkiverse.posthog.Paging;
import io.smallrye.common.annotation.CheckReturnValue;

/**
 * Which cohorts to list. Immutable: each method returns a changed copy.
 *
 * @param search part of the name, at most 200 characters; null for all
 * @param type static or dynamic, null for both
 * @param paging how much to read
 */
public record CohortQuery(String search, CohortType type, Paging paging) {

    /** All cohorts. */
    public static CohortQuery create() {
        return new CohortQuery(null, null, Paging.ALL);
    }

    /** Only cohorts with this in their name. */
    @CheckReturnValue
    public CohortQuery search(String search) {
        return new CohortQuery(search, type, paging);
    }

    /** Only cohorts of this kind. */
    @CheckReturnValue
    public CohortQuery type(CohortType type) {
        return new CohortQuery(search, type, paging);
    }

    /** Sets how many cohorts to return at the most. */
    @CheckReturnValue
    public CohortQuery limit(int limit) {
        return new CohortQuery(search, type, paging.limit(limit));
    }

    /** Leaves out this many cohorts at the start. */
    @CheckReturnValue
    public CohortQuery offset(int offset) {
        return new CohortQuery(search, type, paging.offset(offset));
    }

    /** Sets how many cohorts to ask for in one request. */
    @CheckReturnValue
    public CohortQuery pageSize(int pageSize) {
        return new CohortQuery(search, type, paging.pageSize(pageSize));
    }
}
