package io.quarkiverse.posthog;

import io.smallrye.common.annotation.CheckReturnValue;

/**
 * How much of a list to read, in which steps.
 *
 * @param limit how many items at the most; null for all ({@code list}), or for as many as {@code pageSize} says
 *        ({@code page})
 * @param offset how many items to leave out at the start
 * @param pageSize how many items to ask for in one request of a {@code list}
 */
public record Paging(Integer limit, int offset, int pageSize) {

    /** The page size PostHog uses itself: {@value}. */
    public static final int DEFAULT_PAGE_SIZE = 100;

    /** Everything, 100 items a request. */
    public static final Paging ALL = new Paging(null, 0, DEFAULT_PAGE_SIZE);

    public Paging {
        if (limit != null && limit < 1) {
            throw new IllegalArgumentException("limit must be at least 1, but was " + limit);
        }
        if (offset < 0) {
            throw new IllegalArgumentException("offset must not be negative, but was " + offset);
        }
        if (pageSize < 1) {
            throw new IllegalArgumentException("pageSize must be at least 1, but was " + pageSize);
        }
    }

    /** Sets how many items to return at the most. */
    @CheckReturnValue
    public Paging limit(int limit) {
        return new Paging(limit, offset, pageSize);
    }

    /** Sets how many items to leave out at the start. */
    @CheckReturnValue
    public Paging offset(int offset) {
        return new Paging(limit, offset, pageSize);
    }

    /** Sets how many items to ask for in one request. */
    @CheckReturnValue
    public Paging pageSize(int pageSize) {
        return new Paging(limit, offset, pageSize);
    }
}
