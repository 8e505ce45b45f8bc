package io.quarkiverse.posthog.runtime.capture.delivery;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

import io.quarkiverse.posthog.PostHogApiException;
import io.quarkiverse.posthog.runtime.background.AccountExecutor;
import io.quarkiverse.posthog.runtime.capture.delivery.ConnectionState.Closed;
import io.quarkiverse.posthog.runtime.capture.delivery.ConnectionState.Encoding;
import io.quarkiverse.posthog.runtime.capture.delivery.ConnectionState.Idle;
import io.quarkiverse.posthog.runtime.capture.delivery.ConnectionState.Paused;
import io.quarkiverse.posthog.runtime.capture.delivery.ConnectionState.Sending;
import io.quarkiverse.posthog.runtime.capture.event.QueuedEvent;
import io.quarkiverse.posthog.runtime.capture.wire.Batch;
import io.quarkiverse.posthog.runtime.capture.wire.BatchEncoder.EncodedBatch;
import io.smallrye.mutiny.subscription.Cancellable;

/**
 * The only request of a batcher, and the batches to send before any other. Guarded by the lock of the batcher.
 *
 * <pre>
 * IDLE --retry, part, outdated--> ENCODING --encoded--> SENDING --response--> IDLE or PAUSED --time is over--> IDLE
 *   \-------------next batch is ready----------------------^                             any state --close--> CLOSED
 * </pre>
 */
final class Connection {

    /** The maximum age of the sending time in an encoded batch. */
    private static final Duration MAX_BODY_AGE = Duration.ofSeconds(1);

    private final CircuitBreaker circuit;
    private final AccountExecutor background;
    private final BatcherActions actions;
    private final Runnable resumeByCircuit;

    /** The batches to send before any other: retries, and the parts of rejected batches. */
    private final Deque<Batch> retryQueue = new ArrayDeque<>();
    private ConnectionState state = new Idle();
    /** The deadline of the last attempts; null until the batcher is drained. */
    private DrainDeadline deadline;

    Connection(CircuitBreaker circuit, AccountExecutor background, BatcherActions actions) {
        this.circuit = circuit;
        this.background = background;
        this.actions = actions;
        this.resumeByCircuit = () -> actions.step(this::circuitClosed);
    }

    boolean isIdle() {
        return state instanceof Idle;
    }

    boolean isClosed() {
        return state instanceof Closed;
    }

    /** Whether new batches can be taken from the queue. */
    boolean isReadyForNext() {
        return retryQueue.isEmpty() && !(state instanceof Paused);
    }

    /** Whether all batches are finished that were taken from the queue, except for the next one. False if closed. */
    boolean isFinished() {
        return retryQueue.isEmpty() && state.batch() == null && !isClosed();
    }

    /** Whether the result of the batch is still expected. If the batcher was closed, the events are dropped already. */
    boolean isCurrent(Batch batch) {
        return state.batch() == batch;
    }

    /** Sends a batch if there is one and no other is being sent. */
    void startNext(NextBatch next, Effects effects) {
        if (!isIdle() || retryQueue.isEmpty() && !next.isReady()) {
            return;
        }
        Duration wait = circuit.pause(background.elapsed(), resumeByCircuit);
        if (!wait.isZero()) {
            pause(shortened(wait, false), false, effects);
            return;
        }
        if (next.isReady() && isOutdated(next.encoded().batch())) {
            // PostHog would attribute the difference to the clock of this machine
            retryQueue.addLast(next.remove().batch());
        }
        if (retryQueue.isEmpty()) {
            send(next.remove(), effects);
        } else {
            Batch batch = retryQueue.pollFirst();
            state = new Encoding(batch);
            effects.add(() -> actions.encode(batch));
        }
    }

    private boolean isOutdated(Batch batch) {
        return background.now().isAfter(batch.createdAt().plus(MAX_BODY_AGE));
    }

    private void send(EncodedBatch encoded, Effects effects) {
        state = new Sending(encoded.batch(), null);
        effects.add(() -> actions.send(encoded));
    }

    /** Sends a batch that was taken from the queue, but could not be encoded yet. */
    void addRetry(Batch batch) {
        retryQueue.addLast(batch);
    }

    /** A batch of the retry queue is encoded. */
    void encoded(Batch batch, EncodedBatch encoded, Effects effects) {
        if (!encoded.left().isEmpty()) {
            // Not into the queue, from which later events may have been taken
            retryQueue.addFirst(batch.rest(encoded.left()));
        }
        if (encoded.body() == null) {
            state = new Idle();
        } else {
            send(encoded, effects);
        }
    }

    void requestStarted(Batch batch, Cancellable request) {
        // If the batcher was closed meanwhile, the request ends with the account: if it were canceled at the same time, Mutiny
        // would log that failure
        if (isCurrent(batch)) {
            state = new Sending(batch, request);
        }
    }

    /** @param afterReport the effects that follow the report of the result */
    void responded(Batch batch, SendResult result, Effects effects, Effects afterReport) {
        state = new Idle();
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
        if (pause != null) {
            pause(pause, requested, afterReport);
        }
    }

    private Duration shortened(Duration pause, boolean requested) {
        return deadline == null ? pause : deadline.shorten(pause, requested, background.now());
    }

    private void pause(Duration wait, boolean requested, Effects effects) {
        ScheduledTask end = new ScheduledTask();
        Paused paused = new Paused(background.now().plus(wait), requested, end);
        state = paused;
        effects.add(() -> actions.schedule(end, wait,
                () -> actions.step(later -> state = state == paused ? new Idle() : state)));
        effects.add(actions::endBlockedFlushes);
    }

    /** The circuit breaker was closed, which ends the pause, unless PostHog requested it. */
    private void circuitClosed(Effects effects) {
        if (state instanceof Paused paused && !paused.requested()) {
            resume(paused, effects);
        }
    }

    private void resume(Paused paused, Effects effects) {
        state = new Idle();
        effects.add(paused.end()::cancel);
    }

    void drain(DrainDeadline deadline, Effects effects) {
        this.deadline = deadline;
        if (state instanceof Paused paused) {
            resume(paused, effects);
            if (paused.requested()) {
                pause(shortened(Duration.between(background.now(), paused.until()), true), true, effects);
                return;
            }
        }
        circuit.hasten(background.elapsed());
    }

    /** @return the events that are lost */
    List<QueuedEvent> close(Effects effects) {
        List<QueuedEvent> left = new ArrayList<>(state.events());
        retryQueue.forEach(batch -> left.addAll(batch.events()));
        if (state instanceof Sending sending && sending.request() != null) {
            effects.add(sending.request()::cancel);
        } else if (state instanceof Paused paused) {
            effects.add(paused.end()::cancel);
        }
        circuit.forget(resumeByCircuit);
        retryQueue.clear();
        state = new Closed();
        return left;
    }

    /** The memory of the events that are being sent or retried. */
    long bytes() {
        return BatcherState.bytes(state.events())
                + retryQueue.stream().mapToLong(batch -> BatcherState.bytes(batch.events())).sum();
    }

    /** The end of the current pause; null if there is none. */
    Instant pausedUntil() {
        return state instanceof Paused paused ? paused.until() : null;
    }
}
