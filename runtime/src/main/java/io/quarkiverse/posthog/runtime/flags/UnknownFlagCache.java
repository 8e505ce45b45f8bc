package io.quarkiverse.posthog.runtime.flags;

import java.util.Collection;

import io.quarkiverse.posthog.flags.EvaluationRuntime;
import io.quarkiverse.posthog.runtime.support.BoundedCache;

/**
 * Remembers flags that neither the definitions nor PostHog contain, in order not to request them for each evaluation.
 * It is valid until the definitions are refreshed. PostHog omits the flags of other runtimes, so that a flag can be unknown
 * for one runtime only.
 */
final class UnknownFlagCache {

    private static final int MAX_FLAGS = 10_000;
    private static final long NEVER = -1;

    private record Key(String flag, EvaluationRuntime runtime) {
    }

    /** The number of the last refresh at which each flag was missing. */
    private final BoundedCache<Key, Long> refreshes = new BoundedCache<>(MAX_FLAGS);

    boolean contains(String flag, EvaluationRuntime runtime, long refresh) {
        Long last = refreshes.get(new Key(flag, runtime));
        return last != null && last == refresh;
    }

    void add(Collection<String> flags, EvaluationRuntime runtime, long refresh) {
        flags.forEach(flag -> refreshes.put(new Key(flag, runtime), refresh));
    }

    void remove(Collection<String> flags, EvaluationRuntime runtime) {
        for (String flag : flags) {
            Key key = new Key(flag, runtime);
            if (refreshes.get(key) != null) {
                refreshes.put(key, NEVER);
            }
        }
    }
}
