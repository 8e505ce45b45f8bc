package io.quarkiverse.posthog.runtime.capture.delivery;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

import io.quarkiverse.posthog.runtime.background.AccountExecutor;
import io.quarkiverse.posthog.runtime.capture.delivery.EventBatcher.EventBatcherSettings;
import io.quarkiverse.posthog.runtime.capture.delivery.FlushRequests.Flush;
import io.quarkiverse.posthog.runtime.capture.event.QueuedEvent;
import io.quarkiverse.posthog.runtime.capture.queue.EventQueue;
import io.quarkiverse.posthog.runtime.capture.wire.Batch;
import io.quarkiverse.posthog.runtime.capture.wire.BatchEncoder.EncodedBatch;
import io.smallrye.mutiny.subscription.Cancellable;

/**
 * The state of a batcher, and its transitions. Guarded by the lock of the batcher. A transition only changes the state; its
 * effects are collected and run without the lock.
 */
final class BatcherState {

    private final EventQueue queue;
    private final BatcherActions actions;
    private final Connection connection;
    private final NextBatch next;
    private final FlushRequests flushes = new FlushRequests();
    /** The position in the spool up to which all batches are finished, except for batches that are still sent or retried. */
    private long finishedUpTo = QueuedEvent.NOT_SPOOLED;
    /** The tasks and timers that could not be submitted. */
    private final List<Runnable> postponed = new ArrayList<>();

    BatcherState(EventBatcherSettings settings, EventQueue queue, CircuitBreaker circuit, AccountExecutor background,
            BatcherActions actions) {
        this.queue = queue;
        this.actions = actions;
        this.connection = new Connection(circuit, background, actions);
        this.next = new NextBatch(settings, queue, background, actions);
    }

    /** Restores the invariants after a transition: everything that can be done next is begun, and no wake-up is missed. */
    void plan(Effects effects) {
        if (connection.isClosed()) {
            return;
        }
        do {
            connection.startNext(next, effects);
            if (connection.isReadyForNext()) {
                next.takeIfDue(effects);
            }
            next.startFlushTimer(effects);
        } while (next.awaitEvents(connection.isIdle() && next.isNone()));
        flushes.endCompleted(effects);
    }

    /** Repeats a failed submission with the next step. */
    void postpone(Runnable submission) {
        if (!connection.isClosed()) {
            postponed.add(submission);
            next.awaitAnyEvent();
        }
    }

    void resubmit(Effects effects) {
        postponed.forEach(submission -> effects.add(() -> actions.submit(submission)));
        postponed.clear();
    }

    void taken(List<QueuedEvent> events) {
        next.taken(events);
    }

    /**
     * The queue could not be read, or the events could not be encoded.
     *
     * @param taken the events that were taken before the failure
     */
    void takeFailed(List<QueuedEvent> taken, Effects effects) {
        next.remove();
        if (connection.isClosed()) {
            effects.add(() -> actions.dropRemaining(taken));
        } else if (taken.isEmpty()) {
            next.pauseReading(effects);
            effects.add(actions::endBlockedFlushes);
        } else {
            // Encoded again before the batch is sent, which reports the failure
            connection.addRetry(Batch.of(taken));
        }
    }

    /** The queue had no events. */
    void nothingTaken(Effects effects) {
        takeEnded(List.of(), effects);
    }

    /** The events that were taken from the queue are encoded. */
    void prepared(EncodedBatch encoded, Effects effects) {
        effects.add(() -> actions.reportExcluded(encoded));
        takeEnded(encoded.batch().events(), effects);
        if (encoded.body() == null) {
            finish(encoded.batch().lastSequence(), effects);
        } else if (!connection.isClosed()) {
            next.prepared(encoded);
        }
    }

    private void takeEnded(List<QueuedEvent> events, Effects effects) {
        next.remove();
        if (connection.isClosed()) {
            effects.add(() -> actions.dropRemaining(events));
        }
    }

    /** A batch that is not taken from the queue is encoded. */
    void encoded(Batch batch, EncodedBatch encoded, Effects effects) {
        if (connection.isCurrent(batch)) {
            effects.add(() -> actions.reportExcluded(encoded));
            connection.encoded(batch, encoded, effects);
            if (encoded.body() == null) {
                finish(encoded.batch().lastSequence(), effects);
            }
        }
    }

    void requestStarted(Batch batch, Cancellable request) {
        connection.requestStarted(batch, request);
    }

    void responded(Batch batch, SendResult result, Effects effects) {
        if (connection.isCurrent(batch)) {
            Effects afterReport = new Effects();
            connection.responded(batch, result, effects, afterReport);
            finish(result.again().isEmpty() ? batch.lastSequence() : QueuedEvent.NOT_SPOOLED, effects);
            effects.addAll(afterReport);
        }
    }

    /** The queue can delete events once all earlier events are delivered or dropped. */
    private void finish(long lastSequence, Effects effects) {
        finishedUpTo = Math.max(finishedUpTo, lastSequence);
        long finished = finishedUpTo;
        if (connection.isFinished()) {
            effects.add(() -> queue.acknowledge(finished));
        }
    }

    void completed(long count) {
        flushes.completed(count);
    }

    void flush(Flush flush, Effects effects) {
        next.flushQueued();
        if (connection.isClosed() || flushes.isOver(flush, pausedUntil())) {
            effects.add(flush.onEnd());
        } else {
            flushes.add(flush);
        }
    }

    void forget(Flush flush) {
        flushes.remove(flush);
    }

    /** Ends the flushes that do not wait for the end of the current pause. */
    void endBlockedFlushes(Effects effects) {
        flushes.endBlocked(pausedUntil(), effects);
    }

    void drain(DrainDeadline deadline, Effects effects) {
        next.resumeReading(effects);
        connection.drain(deadline, effects);
    }

    void close(Effects effects) {
        if (!connection.isClosed()) {
            List<QueuedEvent> left = new ArrayList<>(connection.close(effects));
            left.addAll(next.close(effects));
            effects.add(() -> actions.dropRemaining(left));
            effects.add(queue::close);
            postponed.clear();
            flushes.endAll(effects);
        }
    }

    boolean isCurrent(Batch batch) {
        return connection.isCurrent(batch);
    }

    /** The number of events that are queued or being sent. */
    long pending() {
        return Math.max(0, queue.offered() - flushes.completed());
    }

    /** The memory of the events that are queued or being sent. */
    long bytes() {
        return queue.bytes() + bytes(next.events()) + connection.bytes();
    }

    static long bytes(List<QueuedEvent> events) {
        return events.stream().mapToLong(QueuedEvent::size).sum();
    }

    /** The end of the current pause; null if there is none. */
    Instant pausedUntil() {
        Instant paused = connection.pausedUntil();
        return paused == null ? next.pausedUntil() : paused;
    }
}
