package io.quarkiverse.posthog.runtime.rest.pagination;

import java.util.function.Function;

import io.quarkiverse.posthog.runtime.support.BoundedCache;

/**
 * Recognizes items of a stream that were delivered recently. Its size is limited, so that streams of any length use
 * constant memory.
 */
final class DuplicateFilter<T> {

    private static final int MAX_REMEMBERED = 10_000;

    private final Function<? super T, ?> identity;
    private final BoundedCache<Object, Boolean> recent = new BoundedCache<>(MAX_REMEMBERED);

    DuplicateFilter(Function<? super T, ?> identity) {
        this.identity = identity;
    }

    /** Whether the item is new; remembers it. */
    boolean add(T item) {
        Object id = identity.apply(item);
        return id == null || recent.putIfAbsent(id, true) == null;
    }
}
