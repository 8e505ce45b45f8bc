package io.quarkiverse.posthog.runtime.capture;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;

import io.quarkiverse.posthog.PostHogApiException;
import io.quarkiverse.posthog.runtime.background.AccountExecutor;
import io.quarkiverse.posthog.runtime.capture.BatchEncoder.EncodedBatch;
import io.quarkiverse.posthog.runtime.capture.ConnectionState.Closed;
import io.quarkiverse.posthog.runtime.capture.ConnectionState.Encoding;
import io.quarkiverse.posthog.runtime.capture.ConnectionState.Idle;
import io.quarkiverse.posthog.runtime.capture.ConnectionState.Paused;
import io.quarkiverse.posthog.runtime.capture.ConnectionState.Sending;
import io.quarkiverse.posthog.runtime.capture.EventBatcher.EventBatcherSettings;
import io.quarkiverse.posthog.runtime.capture.FlushRequests.Flush;
import io.quarkiverse.posthog.runtime.capture.NextBatchState.None;
import io.quarkiverse.posthog.runtime.capture.NextBatchState.Ready;
import io.quarkiverse.posthog.runtime.capture.NextBatchState.Taking;
import io.quarkiverse.posthog.runtime.capture.NextBatchState.Unreadable;
import io.smallrye.mutiny.subscription.Cancellable;

/**
 * The state of a batcher, and its transitions. Guarded by the lock of the batcher. A transition only changes the state; its
 * effects are collected and run without the lock.
 *
 * <pre>
 * connection: IDLE --retry, part, old body--> ENCODING --encoded--> SENDING --response--> IDLE or PAUSED
 *             IDLE --next batch is ready--> SENDING      PAUSED --time is over, circuit closed--> IDLE      any --close--> CLOSED
 * next batch: NONE --queue is due--> TAKING --encoded--> READY --sent--> NONE      TAKING --failed--> UNREADABLE --> NONE
 * </pre>
 */
final class BatcherState {

    /** The maximum age of the sending time in an encoded batch. */
    private static final Duration MAX_BODY_AGE = Duration.ofSeconds(1);

    /** The delay after which a queue that can't be read is read again. */
    private static final Duration READ_RETRY_DELAY = Duration.ofSeconds(1);

    private final EventBatcherSettings settings;
    private final EventQueue queue;
    private final CircuitBreaker circuit;
    private final AccountExecutor background;
    private final BatcherActions actions;
    private final Runnable resumeByCircuit;

    private final FlushRequests flushes = new FlushRequests();
    /** The batches to send before any other: retries, and the parts of rejected batches. */
    private final Deque<Batch> retryQueue = new ArrayDeque<>();
    private ConnectionState connection = new Idle();
    private NextBatchState next = new None();
    private ScheduledTask flushTimer;
    /** The deadline of the last attempts; null until the batcher is drained. */
    private DrainDeadline deadline;
    /** Events up to this one are sent without waiting for more. */
    private long flushUpTo;
    /** The position in the spool up to which all batches are finished, except for batches that are still sent or retried. */
    private long finishedUpTo = QueuedEvent.NOT_SPOOLED;

    BatcherState(EventBatcherSettings settings, EventQueue queue, CircuitBreaker circuit, AccountExecutor background,
            BatcherActions actions) {
        this.settings = settings;
        this.queue = queue;
        this.circuit = circuit;
        this.background = background;
        this.actions = actions;
        this.resumeByCircuit = () -> actions.step(this::circuitClosed);
        // Events of an earlier run do not wait for more events
        this.flushUpTo = queue.offered();
        queue.setThreshold(1, Long.MAX_VALUE);
    }

    /** Restores the invariants after a transition: everything that can be done next is begun, and no wake-up is missed. */
    void plan(Effects effects) {
        if (isClosed()) {
            return;
        }
        boolean idle;
        do {
            startNext(effects);
            takeNext(effects);
            startFlushTimer(effects);
            idle = connection instanceof Idle && next instanceof None;
            // While something is running, its end checks the queue
            queue.setThreshold(!idle ? Long.MAX_VALUE : flushTimer == null ? 1 : settings.flushAt(),
                    !idle ? Long.MAX_VALUE : settings.flushAtBytes());
            // An event may have been added before the threshold was set
        } while (idle && (isDue() || flushTimer == null && queue.size() > 0));
        flushes.endCompleted(effects);
    }

    private void startNext(Effects effects) {
        if (!(connection instanceof Idle) || retryQueue.isEmpty() && !(next instanceof Ready)) {
            return;
        }
        Duration wait = circuit.pause(background.elapsed(), resumeByCircuit);
        if (!wait.isZero()) {
            pause(shortened(wait, false), false, effects);
            return;
        }
        if (next instanceof Ready ready && isOutdated(ready.encoded().batch())) {
            // PostHog would attribute the difference to the clock of this machine
            retryQueue.addLast(ready.encoded().batch());
            next = new None();
        }
        if (!retryQueue.isEmpty()) {
            Batch batch = retryQueue.pollFirst();
            connection = new Encoding(batch);
            effects.add(() -> actions.encode(batch));
        } else if (next instanceof Ready ready) {
            next = new None();
            send(ready.encoded(), effects);
        }
    }

    private boolean isOutdated(Batch batch) {
        return background.now().isAfter(batch.createdAt().plus(MAX_BODY_AGE));
    }

    private void send(EncodedBatch encoded, Effects effects) {
        connection = new Sending(encoded.batch(), null);
        effects.add(() -> actions.send(encoded));
    }

    private void takeNext(Effects effects) {
        if (next instanceof None && retryQueue.isEmpty() && !(connection instanceof Paused) && isDue()) {
            next = new Taking(List.of());
            effects.add(actions::take);
        }
    }

    private boolean isDue() {
        long size = queue.size();
        return size > 0 && (queue.taken() < flushUpTo || size >= settings.flushAt()
                || queue.bytes() >= settings.flushAtBytes());
    }

    private void startFlushTimer(Effects effects) {
        if (flushTimer == null && queue.size() > 0) {
            ScheduledTask timer = new ScheduledTask();
            flushTimer = timer;
            schedule(timer, settings.flushInterval(), ignored -> intervalOver(timer), effects);
        }
    }

    private void intervalOver(ScheduledTask timer) {
        if (flushTimer == timer) {
            flushTimer = null;
            flushUpTo = Math.max(flushUpTo, queue.offered());
        }
    }

    private void schedule(ScheduledTask task, Duration delay, Consumer<Effects> transition, Effects effects) {
        effects.add(() -> task.schedule(background, delay, () -> actions.step(transition)));
    }

    void taken(List<QueuedEvent> events) {
        next = new Taking(events);
    }

    /** The queue could not be read, or the events could not be encoded. */
    void takeFailed(Effects effects) {
        List<QueuedEvent> taken = next.events();
        next = new None();
        if (isClosed()) {
            effects.add(() -> actions.dropRemaining(taken));
        } else if (!taken.isEmpty()) {
            // Encoded again before the batch is sent, which reports the failure
            retryQueue.addLast(Batch.of(taken));
        } else {
            ScheduledTask end = new ScheduledTask();
            Unreadable unreadable = new Unreadable(background.now().plus(READ_RETRY_DELAY), end);
            next = unreadable;
            schedule(end, READ_RETRY_DELAY, ignored -> next = next == unreadable ? new None() : next, effects);
            endBlockedFlushes(effects);
        }
    }

    /** A batch from the queue is encoded; null if the queue was empty. */
    void prepared(EncodedBatch encoded, Effects effects) {
        next = encoded == null || encoded.body() == null || isClosed() ? new None() : new Ready(encoded);
        if (encoded != null) {
            effects.add(() -> actions.reportExcluded(encoded));
            if (encoded.body() == null) {
                finish(encoded.batch().lastSequence(), effects);
            }
        }
        if (isClosed()) {
            effects.add(() -> actions.dropRemaining(encoded == null ? List.of() : encoded.batch().events()));
        }
    }

    /** A batch that is not taken from the queue is encoded. */
    void encoded(Batch batch, EncodedBatch encoded, Effects effects) {
        if (!isCurrent(batch)) {
            return;
        }
        effects.add(() -> actions.reportExcluded(encoded));
        if (!encoded.left().isEmpty()) {
            // Not into the queue, from which later events may have been taken
            retryQueue.addFirst(batch.rest(encoded.left()));
        }
        if (encoded.body() == null) {
            connection = new Idle();
            finish(encoded.batch().lastSequence(), effects);
        } else {
            send(encoded, effects);
        }
    }

    void requestStarted(Batch batch, Cancellable request) {
        // If the batcher was closed meanwhile, the request ends with the account: if it were canceled at the same time, Mutiny
        // would log that failure
        if (isCurrent(batch)) {
            connection = new Sending(batch, request);
        }
    }

    void responded(Batch batch, SendResult result, Effects effects) {
        if (!isCurrent(batch)) {
            // Closed, which dropped these events
            return;
        }
        connection = new Idle();
        for (int i = result.again().size() - 1; i >= 0; i--) {
            retryQueue.addFirst(result.again().get(i));
        }
        boolean requested = result.failure() instanceof PostHogApiException api && api.retryAfter().isPresent();
        Duration pause = result.pause() == null ? null : shortened(result.pause(), requested);
        if (result.outage()) {
            circuit.failed(background.elapsed(), pause);
        } else {
            effects.addAll(circuit.succeeded());
        }
        effects.add(() -> actions.report(batch, result, pause));
        finish(result.again().isEmpty() ? batch.lastSequence() : QueuedEvent.NOT_SPOOLED, effects);
        if (pause != null) {
            pause(pause, requested, effects);
        }
    }

    /** The queue can delete events once all earlier events are delivered or dropped. */
    private void finish(long lastSequence, Effects effects) {
        finishedUpTo = Math.max(finishedUpTo, lastSequence);
        long finished = finishedUpTo;
        if (connection.batch() == null && retryQueue.isEmpty()) {
            effects.add(() -> queue.acknowledge(finished));
        }
    }

    private Duration shortened(Duration pause, boolean requested) {
        return deadline == null ? pause : deadline.shorten(pause, requested, background.now());
    }

    private void pause(Duration wait, boolean requested, Effects effects) {
        ScheduledTask end = new ScheduledTask();
        Paused paused = new Paused(background.now().plus(wait), requested, end);
        connection = paused;
        schedule(end, wait, ignored -> connection = connection == paused ? new Idle() : connection, effects);
        endBlockedFlushes(effects);
    }

    /** After the preceding effects, so that the outcome of events is reported before. */
    private void endBlockedFlushes(Effects effects) {
        effects.add(() -> actions.step(later -> flushes.endBlocked(blockedUntil(), later)));
    }

    /** The circuit breaker was closed, which ends the pause, unless PostHog requested it. */
    private void circuitClosed(Effects effects) {
        if (connection instanceof Paused paused && !paused.requested()) {
            resume(paused, effects);
        }
    }

    private void resume(Paused paused, Effects effects) {
        connection = new Idle();
        effects.add(paused.end()::cancel);
    }

    void flush(Flush flush, Effects effects) {
        flushUpTo = Math.max(flushUpTo, queue.offered());
        if (isClosed() || flushes.isOver(flush, blockedUntil())) {
            effects.add(flush.onEnd());
        } else {
            flushes.add(flush);
        }
    }

    void forget(Flush flush) {
        flushes.remove(flush);
    }

    void completed(long count) {
        flushes.completed(count);
    }

    void drain(DrainDeadline deadline, Effects effects) {
        this.deadline = deadline;
        if (next instanceof Unreadable unreadable) {
            next = new None();
            effects.add(unreadable.end()::cancel);
        }
        if (connection instanceof Paused paused) {
            resume(paused, effects);
            if (paused.requested()) {
                pause(shortened(Duration.between(background.now(), paused.until()), true), true, effects);
                return;
            }
        }
        circuit.hasten(background.elapsed());
    }

    void close(Effects effects) {
        if (isClosed()) {
            return;
        }
        List<QueuedEvent> left = new ArrayList<>(connection.events());
        retryQueue.forEach(batch -> left.addAll(batch.events()));
        if (!(next instanceof Taking)) {
            // Otherwise, the end of this drops them
            left.addAll(next.events());
        }
        if (connection instanceof Sending sending && sending.request() != null) {
            effects.add(sending.request()::cancel);
        }
        cancelTimers(effects);
        circuit.forget(resumeByCircuit);
        connection = new Closed();
        retryQueue.clear();
        next = next instanceof Taking ? next : new None();
        queue.setThreshold(Long.MAX_VALUE, Long.MAX_VALUE);
        effects.add(() -> actions.dropRemaining(left));
        effects.add(queue::close);
        flushes.endAll(effects);
    }

    private void cancelTimers(Effects effects) {
        Stream.of(flushTimer, connection instanceof Paused paused ? paused.end() : null,
                next instanceof Unreadable unreadable ? unreadable.end() : null)
                .filter(timer -> timer != null).forEach(timer -> effects.add(timer::cancel));
    }

    boolean isClosed() {
        return connection instanceof Closed;
    }

    boolean isCurrent(Batch batch) {
        return connection.batch() == batch;
    }

    /** The number of events that are queued or being sent. */
    long pending() {
        return Math.max(0, queue.offered() - flushes.completed());
    }

    /** The memory of the events that are queued or being sent. */
    long bytes() {
        return queue.bytes() + bytes(next.events()) + bytes(connection.events())
                + retryQueue.stream().mapToLong(batch -> bytes(batch.events())).sum();
    }

    private static long bytes(List<QueuedEvent> events) {
        return events.stream().mapToLong(QueuedEvent::size).sum();
    }

    /** The end of the current pause; null if there is none. */
    Instant blockedUntil() {
        return connection instanceof Paused paused ? paused.until()
                : next instanceof Unreadable unreadable ? unreadable.until() : null;
    }
}
