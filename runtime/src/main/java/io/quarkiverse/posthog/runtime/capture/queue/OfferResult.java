package io.quarkiverse.posthog.runtime.capture.queue;

import java.util.List;

import io.quarkiverse.posthog.capture.DropReason;
import io.quarkiverse.posthog.runtime.capture.event.QueuedEvent;

/**
 * The result of adding an event to a queue.
 *
 * @param rejection the reason why the event was not added; null if it was added
 * @param evicted the events in memory that were removed to make room
 * @param lost the number of events on disk that were removed to make room
 */
public record OfferResult(DropReason rejection, List<QueuedEvent> evicted, long lost) {

    /** The event was added, and no other event was removed. */
    static final OfferResult ADDED = new OfferResult(null, List.of(), 0);

    public static OfferResult rejected(DropReason rejection) {
        return new OfferResult(rejection, List.of(), 0);
    }

    public boolean isRejected() {
        return rejection != null;
    }
}
