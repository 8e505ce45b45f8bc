package io.quarkiverse.posthog.runtime.flags;

import java.util.Collection;

import io.quarkiverse.posthog.runtime.support.BoundedCache;

/**
 * Remembers flags that neither the definitions nor PostHog contain, in order not to request them for each evaluation.
 * It is valid until the definitions are refreshed.
 */
final class UnknownFlagCache {

    private static final int MAX_FLAGS = 10_000;
    private static final long NEVER = -1;

    /** The number of the last refresh at which each flag was missing. */
    private final BoundedCache<String, Long> refreshes = new BoundedCache<>(MAX_FLAGS);

    boolean contains(String key, long refresh) {
        Long last = refreshes.get(key);
        return last != null && last == refresh;
    }

    void add(Collection<String> keys, long refresh) {
        keys.forEach(key -> refreshes.put(key, refresh));
    }

    void remove(Collection<String> keys) {
        for (String key : keys) {
            if (refreshes.get(key) != null) {
                refreshes.put(key, NEVER);
            }
        }
    }
}
