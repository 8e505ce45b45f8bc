package io.quarkiverse.posthog.runtime.capture.queue;

import java.io.Closeable;
import java.util.List;

import io.quarkiverse.posthog.runtime.capture.event.QueuedEvent;

/** The events to be sent, in the order in which they were captured. Thread-safe. */
public interface EventQueue extends Closeable {

    /** Adds an event. */
    OfferResult offer(QueuedEvent event);

    /** Takes the oldest events. They no longer count toward the limits of the queue. May block. */
    TakeResult take(int max);

    /** Returns the last of the taken events, which become the oldest events again. May block. */
    void putBack(List<QueuedEvent> events);

    /** Marks all events up to and including this position in the spool as completed. */
    default void acknowledge(long sequence) {
    }

    /** The size of the queue, and the threshold for notifying the batcher. */
    QueueLevel level();

    /** The number of queued events. Like the other numbers, it is read without a lock. */
    default long size() {
        return level().size();
    }

    /** The approximate memory of the queued events. */
    default long bytes() {
        return level().bytes();
    }

    /** The number of events that have been added. */
    default long offered() {
        return level().offered();
    }

    /** The number of added events that are no longer in the queue. */
    default long taken() {
        return level().taken();
    }

    /**
     * Sets the number of events and bytes from which on {@link #isThresholdReached} returns true. A thread that adds an event
     * concurrently sees the new threshold, or this thread sees the event.
     */
    default void setThreshold(long events, long bytes) {
        level().setThreshold(events, bytes);
    }

    /** Whether the batcher must be notified of an added event. */
    default boolean isThresholdReached() {
        return level().isThresholdReached();
    }

    /**
     * Takes the remaining events and rejects further ones. Events on disk stay there and are not returned. May block.
     */
    List<QueuedEvent> drain();

    @Override
    default void close() {
    }
}
