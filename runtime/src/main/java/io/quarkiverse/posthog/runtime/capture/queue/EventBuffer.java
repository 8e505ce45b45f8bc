package io.quarkiverse.posthog.runtime.capture.queue;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;

import io.quarkiverse.posthog.runtime.capture.event.QueuedEvent;

/**
 * Events in memory, in order, and their approximate size. Not thread-safe.
 */
final class EventBuffer {

    private final ArrayDeque<QueuedEvent> events = new ArrayDeque<>();
    private long bytes;

    void add(QueuedEvent event) {
        events.addLast(event);
        bytes += event.size();
    }

    QueuedEvent remove() {
        QueuedEvent first = events.removeFirst();
        bytes -= first.size();
        return first;
    }

    /** Removes the oldest events. */
    List<QueuedEvent> take(int max) {
        int count = Math.min(max, events.size());
        List<QueuedEvent> taken = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            taken.add(remove());
        }
        return taken;
    }

    /** Returns events, which become the oldest again. */
    void putBack(List<QueuedEvent> taken) {
        for (int i = taken.size() - 1; i >= 0; i--) {
            events.addFirst(taken.get(i));
            bytes += taken.get(i).size();
        }
    }

    /** Whether an event does not fit. An empty buffer accepts any event. */
    boolean isFullFor(QueuedEvent event, int maxEvents, long maxBytes) {
        return !events.isEmpty() && (events.size() >= maxEvents || bytes + event.size() > maxBytes);
    }

    boolean isEmpty() {
        return events.isEmpty();
    }

    int size() {
        return events.size();
    }

    long bytes() {
        return bytes;
    }
}
