package io.quarkiverse.posthog.runtime.capture.queue;

import java.util.List;

import io.quarkiverse.posthog.runtime.capture.event.QueuedEvent;

/**
 * The events that were taken from a queue.
 *
 * @param events the oldest events, in order
 * @param damaged the number of events that could not be read from disk and are lost
 * @param expired the number of events on disk that were too old to be sent
 */
public record TakeResult(List<QueuedEvent> events, long damaged, long expired) {

    public static TakeResult of(List<QueuedEvent> events) {
        return new TakeResult(events, 0, 0);
    }
}
