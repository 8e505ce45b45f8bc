package io.quarkiverse.posthog.runtime.capture.delivery;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

import io.quarkiverse.posthog.runtime.background.AccountExecutor;
import io.quarkiverse.posthog.runtime.capture.delivery.EventBatcher.EventBatcherSettings;
import io.quarkiverse.posthog.runtime.capture.delivery.NextBatchState.None;
import io.quarkiverse.posthog.runtime.capture.delivery.NextBatchState.Ready;
import io.quarkiverse.posthog.runtime.capture.delivery.NextBatchState.Taking;
import io.quarkiverse.posthog.runtime.capture.delivery.NextBatchState.Unreadable;
import io.quarkiverse.posthog.runtime.capture.event.QueuedEvent;
import io.quarkiverse.posthog.runtime.capture.queue.EventQueue;
import io.quarkiverse.posthog.runtime.capture.wire.BatchEncoder.EncodedBatch;

/**
 * The next batch from the queue, and the decision when it is due. Guarded by the lock of the batcher.
 *
 * <pre>
 * NONE --queue is due--> TAKING --encoded--> READY --sent--> NONE
 *                           \--queue can't be read--> UNREADABLE --time is over--> NONE
 * </pre>
 */
final class NextBatch {

    /** The delay after which a queue that can't be read is read again. */
    private static final Duration READ_RETRY_DELAY = Duration.ofSeconds(1);

    private final EventBatcherSettings settings;
    private final EventQueue queue;
    private final AccountExecutor background;
    private final BatcherActions actions;

    private NextBatchState state = new None();
    private ScheduledTask flushTimer;
    /** Events up to this one are sent without waiting for more. */
    private long flushUpTo;

    NextBatch(EventBatcherSettings settings, EventQueue queue, AccountExecutor background, BatcherActions actions) {
        this.settings = settings;
        this.queue = queue;
        this.background = background;
        this.actions = actions;
        // Events of an earlier run do not wait for more events
        flushQueued();
        awaitAnyEvent();
    }

    boolean isNone() {
        return state instanceof None;
    }

    boolean isReady() {
        return state instanceof Ready;
    }

    /** The encoded batch; null if it is not ready. */
    EncodedBatch encoded() {
        return state instanceof Ready ready ? ready.encoded() : null;
    }

    /** Removes the encoded batch. */
    EncodedBatch remove() {
        EncodedBatch encoded = encoded();
        state = new None();
        return encoded;
    }

    void takeIfDue(Effects effects) {
        if (isNone() && isDue()) {
            state = new Taking(List.of());
            effects.add(actions::take);
        }
    }

    private boolean isDue() {
        long size = queue.size();
        return size > 0 && (queue.taken() < flushUpTo || size >= settings.flushAt()
                || queue.bytes() >= settings.flushAtBytes());
    }

    /** Sends the events that are queued now without waiting for more. */
    void flushQueued() {
        flushUpTo = Math.max(flushUpTo, queue.offered());
    }

    void startFlushTimer(Effects effects) {
        if (flushTimer == null && queue.size() > 0) {
            ScheduledTask timer = new ScheduledTask();
            flushTimer = timer;
            effects.add(() -> actions.schedule(timer, settings.flushInterval(),
                    () -> actions.step(later -> intervalOver(timer))));
        }
    }

    private void intervalOver(ScheduledTask timer) {
        if (flushTimer == timer) {
            flushTimer = null;
            flushQueued();
        }
    }

    /**
     * Sets when an added event causes a transition. Without a flush timer, the first one does, which starts the timer.
     *
     * @param idle whether the batcher does not check the queue on its own soon
     * @return whether an event was added in the meantime that did not see the new threshold
     */
    boolean awaitEvents(boolean idle) {
        if (flushTimer == null) {
            awaitAnyEvent();
            return queue.size() > 0;
        }
        if (!idle) {
            ignoreEvents();
            return false;
        }
        queue.setThreshold(settings.flushAt(), settings.flushAtBytes());
        return isDue();
    }

    /** Causes a transition when any event is added. */
    void awaitAnyEvent() {
        queue.setThreshold(1, Long.MAX_VALUE);
    }

    private void ignoreEvents() {
        queue.setThreshold(Long.MAX_VALUE, Long.MAX_VALUE);
    }

    void taken(List<QueuedEvent> events) {
        state = new Taking(events);
    }

    void prepared(EncodedBatch encoded) {
        state = new Ready(encoded);
    }

    /** Waits before the queue is read again. */
    void pauseReading(Effects effects) {
        ScheduledTask end = new ScheduledTask();
        Unreadable unreadable = new Unreadable(background.now().plus(READ_RETRY_DELAY), end);
        state = unreadable;
        effects.add(() -> actions.schedule(end, READ_RETRY_DELAY,
                () -> actions.step(later -> state = state == unreadable ? new None() : state)));
    }

    void resumeReading(Effects effects) {
        if (state instanceof Unreadable unreadable) {
            state = new None();
            effects.add(unreadable.end()::cancel);
        }
    }

    /** @return the events that are lost; those that are being taken are dropped when this ends */
    List<QueuedEvent> close(Effects effects) {
        ignoreEvents();
        if (flushTimer != null) {
            effects.add(flushTimer::cancel);
        }
        resumeReading(effects);
        return state instanceof Ready ? remove().batch().events() : List.of();
    }

    /** The events that are in memory for the batch. */
    List<QueuedEvent> events() {
        return state.events();
    }

    /** The end of the current pause; null if there is none. */
    Instant pausedUntil() {
        return state instanceof Unreadable unreadable ? unreadable.until() : null;
    }
}
