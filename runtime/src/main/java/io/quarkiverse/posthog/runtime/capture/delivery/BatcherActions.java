package io.quarkiverse.posthog.runtime.capture.delivery;

import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;

import io.quarkiverse.posthog.runtime.capture.event.QueuedEvent;
import io.quarkiverse.posthog.runtime.capture.wire.Batch;
import io.quarkiverse.posthog.runtime.capture.wire.BatchEncoder.EncodedBatch;

/** The effects of the transitions of {@link BatcherState}. Called without the lock. */
interface BatcherActions {

    /** Changes the state, and runs the effects of the change without the lock. A failure of an effect is only logged. */
    void step(Consumer<Effects> transition);

    /** Submits a task or a timer. If this fails, it is repeated with the next step. */
    void submit(Runnable submission);

    /** Starts a timer, unless it is canceled before. */
    void schedule(ScheduledTask timer, Duration delay, Runnable task);

    /** Takes a batch from the queue and encodes it. */
    void take();

    /** Encodes a batch that is not taken from the queue. */
    void encode(Batch batch);

    /** Sends a batch, unless the batcher is closed before. */
    void send(EncodedBatch encoded);

    /** Reports the events of a batch that can never be sent. */
    void reportExcluded(EncodedBatch encoded);

    /** @param pause the time before the next request; null if there is no pause */
    void report(Batch batch, SendResult result, Duration pause);

    /** Ends the flushes that do not wait for the end of the current pause. */
    void endBlockedFlushes();

    /** Drops events of a closed batcher, and the events in its queue, unless they are on disk. */
    void dropRemaining(List<QueuedEvent> events);
}
