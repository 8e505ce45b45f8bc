package io.quarkiverse.posthog.runtime.capture.delivery;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Supplier;

import io.quarkiverse.posthog.capture.DropReason;
import io.quarkiverse.posthog.runtime.background.AccountExecutor;
import io.quarkiverse.posthog.runtime.capture.delivery.FlushRequests.Flush;
import io.quarkiverse.posthog.runtime.capture.event.QueuedEvent;
import io.quarkiverse.posthog.runtime.capture.log.CaptureLogger;
import io.quarkiverse.posthog.runtime.capture.queue.EventQueue;
import io.quarkiverse.posthog.runtime.capture.queue.OfferResult;
import io.quarkiverse.posthog.runtime.capture.queue.TakeResult;
import io.quarkiverse.posthog.runtime.capture.report.DeliveryCallback;
import io.quarkiverse.posthog.runtime.capture.wire.Batch;
import io.quarkiverse.posthog.runtime.capture.wire.BatchEncoder.EncodedBatch;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.Cancellable;

/**
 * Sends the events of a queue in batches: one request at a time, which keeps the order. During a request, the next batch is
 * encoded. All changes of its {@link BatcherState} go through {@link #step}, which runs their effects without the lock.
 */
public final class EventBatcher implements BatcherActions {

    /** The delay after which a task is submitted again if all workers are busy. */
    private static final Duration WORKER_RETRY_DELAY = Duration.ofMillis(100);

    private final EventBatcherSettings settings;
    private final EventQueue queue;
    private final BatchSender sender;
    private final DeliveryCallback callback;
    private final CaptureLogger log;
    private final AccountExecutor background;

    private final ReentrantLock lock = new ReentrantLock();
    private final BatcherState state;

    EventBatcher(EventBatcherSettings settings, EventQueue queue, BatchSender sender, DeliveryCallback callback,
            CircuitBreaker circuit, CaptureLogger log, AccountExecutor background) {
        this.settings = settings;
        this.queue = queue;
        this.sender = sender;
        this.callback = new CountingDeliveryCallback(callback, log, this::completed);
        this.log = log;
        this.background = background;
        this.state = new BatcherState(settings, queue, circuit, background, this);
    }

    private void completed(long count) {
        step(effects -> state.completed(count));
    }

    @Override
    public void step(Consumer<Effects> transition) {
        Effects effects = new Effects();
        lock.lock();
        try {
            state.resubmit(effects);
            change(transition, effects);
            change(state::plan, effects);
        } finally {
            lock.unlock();
        }
        effects.run(this::logFailure);
    }

    /** After a failure, the effects of the completed changes are still run. */
    private void change(Consumer<Effects> transition, Effects effects) {
        try {
            transition.accept(effects);
        } catch (Throwable e) {
            effects.add(() -> logFailure(e));
        }
    }

    /** Submits a task or a timer. If this fails, it is repeated with the next step, which any added event causes. */
    @Override
    public void submit(Runnable submission) {
        try {
            submission.run();
        } catch (Throwable e) {
            lock.lock();
            try {
                state.postpone(submission);
            } finally {
                lock.unlock();
            }
            logFailure(e);
        }
    }

    private void logFailure(Throwable failure) {
        log.failed("could not notify listeners or schedule work; delivery goes on", failure);
    }

    private <T> T read(Supplier<T> value) {
        lock.lock();
        try {
            return value.get();
        } finally {
            lock.unlock();
        }
    }

    public void start() {
        step(effects -> {
        });
    }

    /** @return null if the event was added to the queue; otherwise the reason why not */
    public DropReason offer(QueuedEvent event) {
        OfferResult result = queue.offer(event);
        if (!result.evicted().isEmpty()) {
            callback.dropped(result.evicted(), DropReason.QUEUE_FULL, null);
        }
        if (result.lost() > 0) {
            callback.dropped(result.lost(), DropReason.QUEUE_FULL, "the spool is full");
        }
        if (queue.isThresholdReached()) {
            start();
        }
        return result.rejection();
    }

    /** Sends all events that are queued now. Completes when they are delivered or dropped, or could not be sent. */
    public Uni<Void> flush() {
        return flushed(null);
    }

    /** Sends all events that are queued now. Completes when they are delivered or dropped, however often they are retried. */
    public Uni<Void> deliver() {
        return flushed(Instant.MAX);
    }

    /**
     * Sends all queued events, with retries until the deadline. Pauses that would end later are shortened. Completes when
     * all events are delivered or dropped, or when the time is too short for another attempt.
     *
     * @param reserved the time before the deadline that is left for an attempt if PostHog requests a longer pause
     */
    public Uni<Void> drain(Instant deadline, Duration reserved) {
        step(effects -> state.drain(new DrainDeadline(deadline, reserved), effects));
        return flushed(deadline);
    }

    private Uni<Void> flushed(Instant deadline) {
        return Uni.createFrom().emitter(emitter -> {
            Flush flush = new Flush(queue.offered(), deadline, () -> emitter.complete(null));
            step(effects -> state.flush(flush, effects));
            emitter.onTermination(() -> step(effects -> state.forget(flush)));
        });
    }

    /** Runs a task on a worker. All workers may be busy and their queue full, or no thread can be started. */
    public void runOnWorker(Runnable task) {
        submit(() -> {
            try {
                background.work(task);
            } catch (RuntimeException | Error e) {
                background.after(WORKER_RETRY_DELAY, () -> runOnWorker(task));
            }
        });
    }

    @Override
    public void schedule(ScheduledTask timer, Duration delay, Runnable task) {
        submit(() -> timer.schedule(background, delay, task));
    }

    @Override
    public void take() {
        runOnWorker(this::takeAndEncode);
    }

    private void takeAndEncode() {
        TakeResult taken;
        try {
            taken = queue.take(settings.maxBatchEvents());
        } catch (Throwable e) {
            step(effects -> state.takeFailed(List.of(), effects));
            log.failed("could not read its queue, and tries again", e);
            return;
        }
        List<QueuedEvent> events = taken.events();
        step(effects -> state.taken(events));
        reportLost(taken);
        if (events.isEmpty()) {
            step(state::nothingTaken);
            return;
        }
        EncodedBatch encoded;
        try {
            encoded = sender.encode(Batch.of(events), background);
            if (!encoded.left().isEmpty()) {
                queue.putBack(encoded.left());
            }
        } catch (Throwable e) {
            step(effects -> state.takeFailed(events, effects));
            return;
        }
        step(effects -> state.prepared(encoded, effects));
    }

    private void reportLost(TakeResult taken) {
        if (taken.damaged() > 0) {
            callback.dropped(taken.damaged(), DropReason.SPOOL_FAILED, "the file is damaged");
        }
        if (taken.expired() > 0) {
            callback.dropped(taken.expired(), DropReason.EXPIRED, null);
        }
    }

    @Override
    public void encode(Batch batch) {
        runOnWorker(() -> {
            EncodedBatch encoded;
            try {
                Optional<SendResult> verdict = sender.verdict(batch);
                if (verdict.isPresent()) {
                    responded(batch, verdict.get());
                    return;
                }
                encoded = sender.encode(batch, background);
            } catch (Throwable e) {
                responded(batch, sender.undelivered(batch, e));
                return;
            }
            step(effects -> state.encoded(batch, encoded, effects));
        });
    }

    @Override
    public void send(EncodedBatch encoded) {
        try {
            background.send(() -> request(encoded));
        } catch (Throwable e) {
            responded(encoded.batch(), sender.undelivered(encoded.batch(), e));
        }
    }

    private void request(EncodedBatch encoded) {
        Batch batch = encoded.batch();
        if (!read(() -> state.isCurrent(batch))) {
            return;
        }
        try {
            Cancellable request = sender.send(encoded).subscribe().with(result -> responded(batch, result),
                    failure -> responded(batch, sender.undelivered(batch, failure)));
            step(effects -> state.requestStarted(batch, request));
        } catch (Throwable e) {
            responded(batch, sender.undelivered(batch, e));
        }
    }

    private void responded(Batch batch, SendResult result) {
        step(effects -> state.responded(batch, result, effects));
    }

    @Override
    public void report(Batch batch, SendResult result, Duration pause) {
        if (!result.again().isEmpty() && pause != null) {
            log.failed(result.failure(), batch.events().size(), pause);
        } else if (result.failure() == null) {
            log.succeeded();
        }
        result.reportTo(callback);
    }

    @Override
    public void reportExcluded(EncodedBatch encoded) {
        sender.reportExcluded(encoded, callback);
    }

    @Override
    public void endBlockedFlushes() {
        step(state::endBlockedFlushes);
    }

    /** The number of events that are queued or being sent. */
    public long pending() {
        return read(state::pending);
    }

    /** The memory of the events that are queued or being sent. */
    public long bytes() {
        return read(state::bytes);
    }

    public Optional<Instant> pausedUntil() {
        return read(() -> Optional.ofNullable(state.pausedUntil()));
    }

    /** Stops immediately. Drops the remaining events, unless they are on disk. */
    public void close() {
        step(state::close);
    }

    @Override
    public void dropRemaining(List<QueuedEvent> events) {
        List<QueuedEvent> remaining = new ArrayList<>(events);
        remaining.addAll(queue.drain());
        remaining.removeIf(event -> event.sequence() != QueuedEvent.NOT_SPOOLED);
        if (!remaining.isEmpty()) {
            callback.dropped(remaining, DropReason.CLOSED, "not delivered before that");
        }
    }

    /** The limits at which a batch is sent, and its maximum size. */
    public record EventBatcherSettings(int flushAt, long flushAtBytes, Duration flushInterval, int maxBatchEvents) {
    }
}
