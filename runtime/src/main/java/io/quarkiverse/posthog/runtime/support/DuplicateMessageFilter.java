package io.quarkiverse.posthog.runtime.support;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Recognizes log messages that were logged before, so that each is logged once, or once per outage. Thread-safe.
 *
 * @param <K> identifies the subject of a message
 */
public final class DuplicateMessageFilter<K> {

    /** Subjects may be computed, and must not fill the memory or the log. Messages about further subjects are not logged. */
    private static final int MAX_SUBJECTS = 1000;

    private final Map<K, Object> logged = new ConcurrentHashMap<>();

    /** Whether the message about a subject has not been logged since the last reset. Remembers it as logged. */
    public boolean isFirst(K subject) {
        return isFirst(subject, Boolean.TRUE);
    }

    /**
     * Whether the last message about a subject since the last reset was a different one. Remembers it as logged.
     *
     * @param message identifies the message, for example the kind of failure
     */
    public boolean isFirst(K subject, Object message) {
        if (logged.size() >= MAX_SUBJECTS && !logged.containsKey(subject)) {
            return false;
        }
        return !message.equals(logged.put(subject, message));
    }

    /**
     * Forgets the messages about a subject, for example when an outage ends.
     *
     * @return whether there was one
     */
    public boolean reset(K subject) {
        return !logged.isEmpty() && logged.remove(subject) != null;
    }
}
