package io.quarkiverse.posthog.runtime.flags;

import java.util.Collection;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Remembers flags that neither the definitions nor PostHog contain, in order not to request them for each evaluation.
 * It is valid until the definitions are refreshed.
 */
final class UnknownFlagCache {

    private static final int MANY = 10_000;

    private record Known(long refresh, Set<String> keys) {
    }

    private volatile Known known = new Known(0, Set.of());

    boolean contains(String key, long refresh) {
        Known current = known;
        return current.refresh() == refresh && current.keys().contains(key);
    }

    void add(Collection<String> keys, long refresh) {
        Known current = known;
        if (current.refresh() != refresh || current.keys() == Set.<String> of()) {
            current = new Known(refresh, ConcurrentHashMap.newKeySet());
            known = current;
        }
        if (current.keys().size() < MANY) {
            current.keys().addAll(keys);
        }
    }
}
