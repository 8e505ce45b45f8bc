package io.quarkiverse.posthog.runtime.flags;

import java.util.Map;

import io.quarkiverse.posthog.runtime.support.BoundedCache;

/**
 * Remembers exposures, so that each is captured once. Its size is limited: exposures that were not used recently are
 * removed, and captured again if they recur.
 */
final class FeatureFlagCalledTracker {

    /**
     * @param value the value in the event; null if the flag has none
     * @param groups the key of the group of each type, in any order
     */
    record Call(String distinctId, String flag, Object value, Map<String, String> groups) {
    }

    private final BoundedCache<Call, Boolean> calls;

    FeatureFlagCalledTracker(int cacheSize) {
        this.calls = new BoundedCache<>(cacheSize);
    }

    /** Whether the call is new; remembers it. */
    boolean add(Call call) {
        return calls.putIfAbsent(call, true) == null;
    }

    void clear() {
        calls.clear();
    }
}
