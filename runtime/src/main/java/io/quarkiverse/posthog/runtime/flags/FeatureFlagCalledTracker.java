package io.quarkiverse.posthog.runtime.flags;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Remembers who was exposed to which value of a flag, so that it is told once. Bounded: when it is full, those
 * that nobody asked for the longest are forgotten, and told again if they come again.
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
