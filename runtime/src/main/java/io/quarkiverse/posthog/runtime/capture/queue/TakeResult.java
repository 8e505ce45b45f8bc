package io.quarkiverse.posthog.runtime.capture;

import java.util.List;

/**
 * The events that were taken from a queue.
 *
 * @param events the oldest events, in order
 * @param damaged the number of events that could not be read from disk and are lost
 * @param expired the number of events on disk that were too old to be sent
 */
record TakeResult(List<QueuedEvent> events, long damaged, long expired) {

    static TakeResult of(List<QueuedEvent> events) {
        return new TakeResult(events, 0, 0);
    }
}
