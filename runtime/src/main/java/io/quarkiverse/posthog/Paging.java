package io.quarkiverse.posthog;

/**
 * How much of a list to read, in which steps.
 *
 * @param limit how many items at the most, null for all ({@code list}) or for one page of {@code pageSize} ({@code page})
 * @param offset how many items to leave out at the start
 * @param pageSize how many items to ask for in one request
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
    public Paging limit(int limit) {
        return new Paging(limit, offset, pageSize);
    }

    /** Sets how many items to leave out at the start. */
    public Paging offset(int offset) {
        return new Paging(limit, offset, pageSize);
    }

    /** Sets how many items to ask for in one request. */
    public Paging pageSize(int pageSize) {
        return new Paging(limit, offset, pageSize);
    }

    /** How many items the first request asks for. */
    public int firstRequestSize() {
        return limit == null ? pageSize : Math.min(limit, pageSize);
    }
}
