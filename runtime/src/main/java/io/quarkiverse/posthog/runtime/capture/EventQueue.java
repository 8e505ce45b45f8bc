package io.quarkiverse.posthog.runtime.capture;

import java.io.Closeable;
import java.util.List;

import io.quarkiverse.posthog.capture.DropReason;

/** Events that wait to be sent, in the order they were captured. Used by many threads at once. */
interface EventQueue extends Closeable {

    /** Adds an event. @return null when it was added; otherwise why not */
    DropReason offer(QueuedEvent event);

    /** Takes the events that wait longest. What is taken does not count for the bounds of the queue any more. May block. */
    List<QueuedEvent> take(int most);

    /** Returns the last of the events that were taken, which are the first ones again. */
    void putBack(List<QueuedEvent> events);

    /** All events up to and including this place in the spool are done with. */
    default void done(long sequence) {
    }

    /** How many events wait. */
    long size();

    /** About how much memory they take. */
    long bytes();

    /** How many events were added so far. */
    long offered();

    /** How many of these are not in the queue any more. */
    default long taken() {
        return offered() - size();
    }

    /** Takes what is left. Nothing can be added afterwards. What is on disk stays there, and is not returned. */
    List<QueuedEvent> drain();

    @Override
    default void close() {
    }
}
