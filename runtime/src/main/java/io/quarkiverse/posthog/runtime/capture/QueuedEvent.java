package io.quarkiverse.posthog.runtime.capture;

import java.util.UUID;

import io.quarkiverse.posthog.CaptureEvent;

/**
 * An event with everything fixed that must stay the same however often it is sent.
 *
 * @param event complete: uuid, timestamp and all properties, whose values nobody can change any more
 * @param size about how many bytes of memory it takes, and of JSON
 * @param sequence where it is in the spool; {@link #NOT_SPOOLED} when it is not there
 */
record QueuedEvent(CaptureEvent event, int size, long sequence) implements Admission {

    static final long NOT_SPOOLED = -1;

    QueuedEvent(CaptureEvent event, int size) {
        this(event, size, NOT_SPOOLED);
    }

    UUID uuid() {
        return event.uuid();
    }
}
