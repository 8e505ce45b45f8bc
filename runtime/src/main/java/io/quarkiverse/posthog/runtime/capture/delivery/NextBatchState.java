package io.quarkiverse.posthog.runtime.capture.delivery;

import java.time.Instant;
import java.util.List;

import io.quarkiverse.posthog.runtime.capture.event.QueuedEvent;
import io.quarkiverse.posthog.runtime.capture.wire.BatchEncoder.EncodedBatch;

/** The state of the next batch from the queue, which is prepared while a request is sent. */
sealed interface NextBatchState {

    /** The events that are in memory for the batch. */
    default List<QueuedEvent> events() {
        return List.of();
    }

    /** No batch is being prepared. */
    record None() implements NextBatchState {
    }

    /**
     * Events are taken from the queue and encoded.
     *
     * @param events the events; empty until they are taken
     */
    record Taking(List<QueuedEvent> events) implements NextBatchState {
    }

    /** The batch can be sent. */
    record Ready(EncodedBatch encoded) implements NextBatchState {

        @Override
        public List<QueuedEvent> events() {
            return encoded.batch().events();
        }
    }

    /** The queue could not be read, and is read again later. */
    record Unreadable(Instant until, ScheduledTask end) implements NextBatchState {
    }
}
