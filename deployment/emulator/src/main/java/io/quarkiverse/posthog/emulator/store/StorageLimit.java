package io.quarkiverse.posthog.emulator.store;

import org.jboss.logging.Logger;

/**
 * Limits the memory of the events, persons and groups of a project. The events that arrived first are evicted first;
 * persons and groups follow only when no event is left.
 */
public final class StorageLimit {

    private static final Logger LOG = Logger.getLogger(StorageLimit.class);

    private final long maxBytes;
    private final EventStore events;
    private final PersonStore persons;
    private final Groups groups;
    private long evictedEvents;
    private long evictedPersons;
    private long evictedGroups;

    StorageLimit(long maxBytes, EventStore events, PersonStore persons, Groups groups) {
        this.maxBytes = maxBytes;
        this.events = events;
        this.persons = persons;
        this.groups = groups;
    }

    /** Evicts until the limit is kept; to be called after data was added. */
    public void enforce() {
        boolean first = evictedEvents + evictedPersons + evictedGroups == 0;
        while (bytes() > maxBytes && evictOne()) {
            if (first) {
                LOG.infof("The PostHog emulator has stored the maximum of %d bytes; it evicts the oldest events from now on",
                        maxBytes);
                first = false;
            }
        }
    }

    private boolean evictOne() {
        if (events.evictOldest()) {
            evictedEvents++;
        } else if (persons.evictOldest()) {
            evictedPersons++;
        } else if (groups.evictOldest()) {
            evictedGroups++;
        } else {
            return false;
        }
        return true;
    }

    /** An estimate of the memory in use, in bytes. */
    public long bytes() {
        return events.bytes() + persons.bytes() + groups.bytes();
    }

    public long evictedEvents() {
        return evictedEvents;
    }

    public long evictedPersons() {
        return evictedPersons;
    }

    public long evictedGroups() {
        return evictedGroups;
    }

    void clear() {
        evictedEvents = 0;
        evictedPersons = 0;
        evictedGroups = 0;
    }
}
