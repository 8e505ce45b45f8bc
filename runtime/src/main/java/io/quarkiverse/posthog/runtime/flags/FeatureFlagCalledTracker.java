package io.quarkiverse.posthog.runtime.flags;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Remembers exposures, so that each is captured once. Its size is limited: the least recently used exposures are
 * removed, and captured again if they recur.
 */
final class FeatureFlagCalledTracker {

    /**
     * @param value as the event has it; null when the flag has none
     * @param groups which group of each type; in which order does not matter
     */
    record Call(String distinctId, String flag, Object value, Map<String, String> groups) {
    }

    private final ReentrantLock lock = new ReentrantLock();
    private final Set<Call> calls;

    FeatureFlagCalledTracker(int maxRemembered) {
        this.calls = Collections.newSetFromMap(new LinkedHashMap<>(16, 0.75f, true) {

            private static final long serialVersionUID = 1L;

            @Override
            protected boolean removeEldestEntry(Map.Entry<Call, Boolean> eldest) {
                return size() > maxRemembered;
            }
        });
    }

    /** Whether the call is new; remembers it, and that it was made just now. */
    boolean add(Call call) {
        lock.lock();
        try {
            return calls.add(call);
        } finally {
            lock.unlock();
        }
    }

    void clear() {
        lock.lock();
        try {
            calls.clear();
        } finally {
            lock.unlock();
        }
    }
}
