package io.quarkiverse.posthog;

import io.smallrye.common.annotation.CheckReturnValue;

/**
 * The part of a list to read, and the page size.
 *
 * @param limit the maximum number of items; null for all items ({@code list}), or for {@code pageSize} items
 *        ({@code page})
 * @param offset the number of items to skip at the start
 * @param pageSize the number of items per request of a {@code list}
 */
public record Paging(Integer limit, int offset, int pageSize) {

    /** The default page size of PostHog: {@value}. */
    public static final int DEFAULT_PAGE_SIZE = 100;

    /** All items, 100 items per request. */
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

    /** Sets the maximum number of items to return. */
    @CheckReturnValue
    public Paging limit(int limit) {
        return new Paging(limit, offset, pageSize);
    }

    /** Sets the number of items to skip at the start. */
    @CheckReturnValue
    public Paging offset(int offset) {
        return new Paging(limit, offset, pageSize);
    }

    /** Sets the number of items per request. */
    @CheckReturnValue
    public Paging pageSize(int pageSize) {
        return new Paging(limit, offset, pageSize);
    }
}
