package io.quarkiverse.posthog.runtime.rest;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;

/**
 * Recognizes items of a stream that were delivered recently. Its size is limited, so that streams of any length use
 * constant memory.
 */
final class DuplicateFilter<T> {

    private static final int REMEMBERED = 10_000;

    private final Function<? super T, ?> identity;
    private final Map<Object, Boolean> recent = new LinkedHashMap<>() {

        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Object, Boolean> eldest) {
            return size() > REMEMBERED;
        }
    };

    DuplicateFilter(Function<? super T, ?> identity) {
        this.identity = identity;
    }

    /** Whether the item is new; remembers it. */
    boolean add(T item) {
        Object id = identity.apply(item);
        return id == null || recent.put(id, Boolean.TRUE) == null;
    }
}
