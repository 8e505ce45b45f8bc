package io.quarkiverse.posthog.runtime.capture.event;

import java.util.UUID;

import io.quarkiverse.posthog.CaptureEvent;

/**
 * An event with everything fixed that must stay the same however often it is sent.
 *
 * @param event the complete event: UUID, timestamp and all properties, with immutable values
 * @param size about how many bytes of memory it takes, and of JSON
 * @param sequence where it is in the spool; {@link #NOT_SPOOLED} when it is not there
 * @param fromListener whether a listener captured it, so that listeners are not called for it
 */
public record QueuedEvent(CaptureEvent event, int size, long sequence, boolean fromListener) implements PreprocessingResult {

    public static final long NOT_SPOOLED = -1;

    public QueuedEvent(CaptureEvent event, int size) {
        this(event, size, NOT_SPOOLED, false);
    }

    /** The same event at a place in the spool. */
    public QueuedEvent at(long sequence) {
        return new QueuedEvent(event, size, sequence, fromListener);
    }

    public UUID uuid() {
        return event.uuid();
    }
}
