package io.quarkiverse.posthog.runtime.capture;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

import io.quarkiverse.posthog.PostHogApiException;
import io.quarkiverse.posthog.capture.DropReason;
import io.quarkiverse.posthog.runtime.background.AccountExecutor;
import io.quarkiverse.posthog.runtime.capture.BatchEncoder.EncodedBatch;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.Cancellable;

/**
 * Sends the events of a queue in batches: one request at a time, which keeps the order. During a request, the next batch is
 * encoded.
 *
 * <pre>
 * queue --take, encode--> prepared --send--> on its way --acknowledged or rejected--> ended
 *                            ^                    |
 *                            \------ pause <------/ PostHog could not take it
 * </pre>
 */
final class EventBatcher {

    /** How old the sending time in a prepared body may be. */
    private static final Duration FRESH = Duration.ofSeconds(1);

    /** How long to wait for a worker if all are busy, and for a disk that can't be read. */
    private static final Duration OVERLOAD = Duration.ofMillis(100);
    private static final Duration UNREADABLE = Duration.ofSeconds(1);

    /** A pause before the deadline of {@link #drain} is not shortened further. */
    private static final Duration MIN_PAUSE = Duration.ofMillis(50);

    private final EventBatcherSettings settings;
    private final EventQueue queue;
    private final BatchSender sender;
    private final DeliveryCallback callback;
    private final CircuitBreaker circuit;
    private final CaptureLogger log;
    private final AccountExecutor background;

    private final ReentrantLock lock = new ReentrantLock();
    private final Runnable resumeByCircuit = this::circuitClosed;
    /** Batches to send before any other: retries, and the halves of rejected batches. */
    private final Deque<Batch> first = new ArrayDeque<>();
    private final List<Flush> flushes = new ArrayList<>();
    private EncodedBatch prepared;
    private Batch onItsWay;
    private Cancellable request;
    private boolean preparing;
    /** Events that are being encoded. */
    private List<QueuedEvent> encoding = List.of();
    private Instant pausedUntil;
    private Runnable pause;
    private boolean pauseAsked;
    /** The end of the last attempts, and the time that is reserved for the last one; null until this is drained. */
    private Instant deadline;
    private Duration reserved;
    private Runnable flushTimer;
    /** Events up to this one are sent without waiting for more. */
    private long wanted;
    private long completed;
    /** All batches up to this place in the spool are finished, except for the batch that is being sent. */
    private long settled = QueuedEvent.NOT_SPOOLED;
    private boolean closed;

    /** Whether an operation is running that checks the queue when it ends. */
    private volatile boolean busy;
    private volatile boolean timed;

    EventBatcher(EventBatcherSettings settings, EventQueue queue, BatchSender sender,
            DeliveryCallback callback, CircuitBreaker circuit,
            CaptureLogger log, AccountExecutor background) {
        this.settings = settings;
        this.queue = queue;
        this.sender = sender;
        this.callback = new CountingDeliveryCallback(callback, log, count -> completed(count, false));
        this.circuit = circuit;
        this.log = log;
        this.background = background;
        // Events of an earlier run do not wait for more events
        this.wanted = this.queue.offered();
    }

    void start() {
        advance();
    }

    /** @return null if the event was added to the queue; otherwise the reason why not */
    DropReason offer(QueuedEvent event) {
        OfferResult result = queue.offer(event);
        if (!result.evicted().isEmpty()) {
            callback.dropped(result.evicted(), DropReason.QUEUE_FULL, null);
        }
        if (result.lost() > 0) {
            callback.dropped(result.lost(), DropReason.QUEUE_FULL, "the spool is full");
        }
        if (!result.isRejected() && !busy && (!timed || isFull())) {
            // The event is accepted: the caller must not get an exception for it
            guarded(this::advance);
        }
        return result.rejection();
    }

    /** A failure of a callback does not stop the batcher. */
    private void guarded(Runnable task) {
        try {
            task.run();
        } catch (Throwable e) {
            log.failed("could not notify listeners; delivery goes on", e);
        }
    }

    /** Sends all events that are queued now. Completes when they are delivered or dropped, or could not be sent. */
    Uni<Void> flush() {
        return flushed(null);
    }

    /**
     * Sends all queued events, with retries until the deadline. Pauses that would end later are shortened. Completes when
     * all events are delivered or dropped, or when the time is too short for another attempt.
     *
     * @param reserved the time before the deadline that is left for an attempt if PostHog requests a longer pause
     */
    Uni<Void> drain(Instant deadline, Duration reserved) {
        lock.lock();
        try {
            this.deadline = deadline;
            this.reserved = reserved;
            if (pausedUntil != null) {
                Duration left = Duration.between(background.now(), pausedUntil);
                boolean asked = pauseAsked;
                endPause();
                if (asked) {
                    pause(left, true);
                }
            }
            if (!pauseAsked) {
                circuit.hasten(background.elapsed());
            }
        } finally {
            lock.unlock();
        }
        return flushed(deadline);
    }

    /** @param until ends the flush only if a pause would last longer; null to end it with any pause */
    private Uni<Void> flushed(Instant until) {
        return Uni.createFrom().emitter(emitter -> {
            boolean done;
            lock.lock();
            try {
                wanted = Math.max(wanted, queue.offered());
                Flush flush = new Flush(queue.offered(), until, () -> emitter.complete(null));
                done = closed || flush.isOver(completed, pausedUntil);
                if (!done) {
                    flushes.add(flush);
                    emitter.onTermination(() -> forget(flush));
                }
            } finally {
                lock.unlock();
            }
            if (done) {
                emitter.complete(null);
            } else {
                advance();
            }
        });
    }

    private void forget(Flush flush) {
        lock.lock();
        try {
            flushes.remove(flush);
        } finally {
            lock.unlock();
        }
    }

    /** Does whatever can be done next. */
    private void advance() {
        do {
            Runnable send = null;
            Runnable prepare = null;
            boolean stopped;
            lock.lock();
            try {
                if (closed) {
                    return;
                }
                boolean sending = pausedUntil == null;
                send = nextToSend();
                stopped = sending && pausedUntil != null;
                if (!preparing && prepared == null && first.isEmpty() && pausedUntil == null && isWanted()) {
                    preparing = true;
                    prepare = this::prepare;
                }
                if (flushTimer == null && queue.size() > 0) {
                    flushTimer = background.after(settings.flushInterval(), this::onFlushTimer);
                    timed = true;
                }
                busy = onItsWay != null || preparing || pausedUntil != null;
            } finally {
                lock.unlock();
            }
            if (send != null) {
                send.run();
            }
            if (prepare != null) {
                work(prepare);
            }
            if (stopped) {
                completed(0, true);
            }
            // An event may have been added by someone who saw that this was busy, and set no timer
        } while (!busy && (isWanted() || !timed && queue.size() > 0));
    }

    private boolean isWanted() {
        return queue.size() > 0 && (isFull() || queue.taken() < wanted);
    }

    /** Whether it is of no use to wait for more. */
    private boolean isFull() {
        return queue.size() >= settings.flushAt() || queue.bytes() >= settings.flushAtBytes();
    }

    private Runnable nextToSend() {
        if (onItsWay != null || pausedUntil != null || first.isEmpty() && prepared == null) {
            return null;
        }
        Duration wait = circuit.pause(background.elapsed(), resumeByCircuit);
        if (!wait.isZero()) {
            pause(wait, false);
            return null;
        }
        if (prepared != null && background.now().isAfter(prepared.batch().createdAt().plus(FRESH))) {
            // PostHog would take the difference to its own clock for that of this machine
            first.addLast(prepared.batch());
            prepared = null;
        }
        if (!first.isEmpty()) {
            Batch batch = first.pollFirst();
            onItsWay = batch;
            return () -> work(() -> encodeAgain(batch));
        }
        EncodedBatch next = prepared;
        prepared = null;
        onItsWay = next.batch();
        return () -> dispatch(next);
    }

    private void dispatch(EncodedBatch encoded) {
        try {
            background.send(() -> send(encoded));
        } catch (Throwable e) {
            sent(encoded.batch(), sender.undelivered(encoded.batch(), e));
        }
    }

    /** The workers of the application may all be busy and their queue full, or no thread can be started. */
    void work(Runnable task) {
        try {
            background.work(task);
        } catch (RuntimeException | Error e) {
            background.after(OVERLOAD, () -> work(task));
        }
    }

    private void onFlushTimer() {
        lock.lock();
        try {
            flushTimer = null;
            timed = false;
            wanted = Math.max(wanted, queue.offered());
        } finally {
            lock.unlock();
        }
        advance();
    }

    private void prepare() {
        List<QueuedEvent> taken = List.of();
        boolean unreadable = false;
        try {
            taken = take();
        } catch (Throwable e) {
            unreadable = true;
            log.failed("could not read its queue, and tries again", e);
        }
        encoding(taken);
        Batch batch = Batch.of(taken);
        EncodedBatch encoded = null;
        boolean encodable = true;
        try {
            encoded = taken.isEmpty() ? null : encode(batch);
        } catch (Throwable e) {
            // Encoded again when the batch is sent, which reports the failure
            encodable = false;
        }
        if (encoded != null && !encoded.left().isEmpty()) {
            queue.putBack(encoded.left());
        }
        EncodedBatch ready = encoded == null || encoded.body() == null ? null : encoded;
        boolean tooLate;
        lock.lock();
        try {
            preparing = false;
            encoding = List.of();
            tooLate = closed;
            prepared = tooLate ? null : ready;
            if (!encodable && !tooLate) {
                first.addLast(batch);
            }
            if (unreadable && !closed && pausedUntil == null) {
                pause(UNREADABLE, false);
            }
        } finally {
            lock.unlock();
        }
        if (unreadable) {
            completed(0, true);
        }
        if (tooLate) {
            List<QueuedEvent> left = new ArrayList<>();
            if (!encodable) {
                left.addAll(taken);
            } else if (ready != null) {
                left.addAll(ready.batch().events());
            }
            // Events that did not fit into the batch were put back into a closed queue
            left.addAll(queue.drain());
            leave(left);
        }
        if (ready == null && encodable) {
            settle(encoded == null ? QueuedEvent.NOT_SPOOLED : encoded.batch().lastSequence());
        }
        advance();
    }

    private List<QueuedEvent> take() {
        TakeResult taken = queue.take(settings.maxBatchEvents());
        if (taken.damaged() > 0) {
            callback.dropped(taken.damaged(), DropReason.SPOOL_FAILED, "the file is damaged");
        }
        if (taken.expired() > 0) {
            callback.dropped(taken.expired(), DropReason.EXPIRED, null);
        }
        return taken.events();
    }

    private void encoding(List<QueuedEvent> events) {
        lock.lock();
        try {
            encoding = events;
        } finally {
            lock.unlock();
        }
    }

    private void encodeAgain(Batch batch) {
        Optional<SendResult> verdict = sender.verdict(batch);
        if (verdict.isPresent()) {
            sent(batch, verdict.get());
            return;
        }
        EncodedBatch encoded;
        try {
            encoded = encode(batch);
        } catch (Throwable e) {
            sent(batch, sender.undelivered(batch, e));
            return;
        }
        boolean empty = encoded.body() == null;
        lock.lock();
        try {
            onItsWay = empty ? null : encoded.batch();
            if (!encoded.left().isEmpty()) {
                // Not into the queue, of which later events may have been taken meanwhile
                first.addFirst(batch.rest(encoded.left()));
            }
        } finally {
            lock.unlock();
        }
        if (empty) {
            settle(encoded.batch().lastSequence());
            advance();
        } else {
            dispatch(encoded);
        }
    }

    private EncodedBatch encode(Batch batch) {
        EncodedBatch encoded = sender.encode(batch, background);
        sender.reportExcluded(encoded, callback);
        return encoded;
    }

    /** All events of a batch are delivered or dropped. The queue can delete them once all earlier events are, too. */
    private void settle(long lastSequence) {
        long done;
        lock.lock();
        try {
            settled = Math.max(settled, lastSequence);
            done = onItsWay == null && first.isEmpty() ? settled : QueuedEvent.NOT_SPOOLED;
        } finally {
            lock.unlock();
        }
        guarded(() -> queue.acknowledge(done));
    }

    private void send(EncodedBatch encoded) {
        if (isClosed()) {
            return;
        }
        Batch batch = encoded.batch();
        Cancellable sent = sender.send(encoded).subscribe().with(outcome -> sent(batch, outcome),
                failure -> sent(batch, sender.undelivered(batch, failure)));
        lock.lock();
        try {
            // If this was closed meanwhile, the request ends with the account: if it were canceled at the same time, Mutiny
            // would log that failure
            request = onItsWay == batch ? sent : request;
        } finally {
            lock.unlock();
        }
    }

    private void sent(Batch batch, SendResult outcome) {
        Duration pause = outcome.pause();
        int left = outcome.again().stream().mapToInt(again -> again.events().size()).sum();
        lock.lock();
        try {
            if (closed || onItsWay != batch) {
                // close() has already reported these events
                return;
            }
            onItsWay = null;
            request = null;
            for (int i = outcome.again().size() - 1; i >= 0; i--) {
                first.addFirst(outcome.again().get(i));
            }
            if (pause != null) {
                pause = pause(pause, outcome.failure() instanceof PostHogApiException api && api.retryAfter().isPresent());
            }
        } finally {
            lock.unlock();
        }
        Duration wait = pause;
        guarded(() -> report(batch, outcome, wait));
        // Only now: a listener may close this
        outcome.report(callback);
        settle(left == 0 ? batch.lastSequence() : QueuedEvent.NOT_SPOOLED);
        completed(0, wait != null);
        advance();
    }

    private void report(Batch batch, SendResult outcome, Duration pause) {
        if (outcome.outage()) {
            circuit.failed(background.elapsed(), pause);
        } else {
            circuit.succeeded();
        }
        if (!outcome.again().isEmpty() && pause != null) {
            log.failed(outcome.failure(), batch.events().size(), pause);
        } else if (outcome.failure() == null) {
            log.succeeded();
        }
    }

    /** @return the pause, which may be shorter than requested */
    private Duration pause(Duration requested, boolean asked) {
        Duration wait = beforeDeadline(requested, asked);
        pausedUntil = background.now().plus(wait);
        pauseAsked = asked;
        pause = background.after(wait, this::resume);
        return wait;
    }

    /**
     * Shortens a pause that leaves no time for an attempt: to half of the remaining time, so that the attempts come closer to
     * the deadline; a pause that PostHog requested is shortened as little as possible.
     */
    private Duration beforeDeadline(Duration wait, boolean asked) {
        if (deadline == null) {
            return wait;
        }
        Duration remaining = Duration.between(background.now(), deadline);
        Duration longest = remaining.minus(reserved);
        if (wait.compareTo(longest) <= 0) {
            return wait;
        }
        Duration shorter = asked ? longest : remaining.dividedBy(2);
        return shorter.compareTo(MIN_PAUSE) < 0 ? wait : shorter;
    }

    /** Ends the pause, unless PostHog requested it. */
    private void circuitClosed() {
        lock.lock();
        try {
            if (!pauseAsked) {
                endPause();
            }
        } finally {
            lock.unlock();
        }
        advance();
    }

    private void resume() {
        lock.lock();
        try {
            endPause();
        } finally {
            lock.unlock();
        }
        advance();
    }

    private void endPause() {
        if (pause != null) {
            pause.run();
        }
        pause = null;
        pausedUntil = null;
        pauseAsked = false;
    }

    private void completed(long count, boolean paused) {
        List<Flush> over = null;
        lock.lock();
        try {
            completed += count;
            if (!flushes.isEmpty()) {
                Instant until = paused ? pausedUntil : null;
                over = flushes.stream().filter(flush -> flush.isOver(completed, until)).toList();
                flushes.removeAll(over);
            }
        } finally {
            lock.unlock();
        }
        if (over != null) {
            over.forEach(flush -> flush.complete().run());
        }
    }

    /** The number of events that are queued or being sent. */
    long pending() {
        lock.lock();
        try {
            return Math.max(0, queue.offered() - completed);
        } finally {
            lock.unlock();
        }
    }

    /** The memory of the events that are queued or being sent. */
    long bytes() {
        lock.lock();
        try {
            return queue.bytes() + bytes(encoding) + (onItsWay == null ? 0 : bytes(onItsWay.events()))
                    + (prepared == null ? 0 : bytes(prepared.batch().events()))
                    + first.stream().mapToLong(batch -> bytes(batch.events())).sum();
        } finally {
            lock.unlock();
        }
    }

    private static long bytes(List<QueuedEvent> events) {
        return events.stream().mapToLong(QueuedEvent::size).sum();
    }

    Optional<Instant> pausedUntil() {
        lock.lock();
        try {
            return Optional.ofNullable(pausedUntil);
        } finally {
            lock.unlock();
        }
    }

    /** Stops immediately. Drops the remaining events, unless they are on disk. */
    void close() {
        List<QueuedEvent> left = new ArrayList<>();
        List<Flush> over;
        Cancellable running;
        lock.lock();
        try {
            if (closed) {
                return;
            }
            closed = true;
            if (onItsWay != null) {
                left.addAll(onItsWay.events());
            }
            first.forEach(batch -> left.addAll(batch.events()));
            if (prepared != null) {
                left.addAll(prepared.batch().events());
            }
            endPause();
            if (flushTimer != null) {
                flushTimer.run();
            }
            circuit.forget(resumeByCircuit);
            running = request;
            over = List.copyOf(flushes);
            flushes.clear();
        } finally {
            lock.unlock();
        }
        if (running != null) {
            running.cancel();
        }
        left.addAll(queue.drain());
        leave(left);
        queue.close();
        over.forEach(flush -> flush.complete().run());
    }

    private boolean isClosed() {
        lock.lock();
        try {
            return closed;
        } finally {
            lock.unlock();
        }
    }

    private void leave(List<QueuedEvent> left) {
        List<QueuedEvent> lost = left.stream().filter(event -> event.sequence() == QueuedEvent.NOT_SPOOLED).toList();
        if (!lost.isEmpty()) {
            callback.dropped(lost, DropReason.CLOSED, "not delivered before that");
        }
    }

    /** A caller that waits until all events up to one are delivered or dropped. */
    private record Flush(long upTo, Instant until, Runnable complete) {

        boolean isOver(long completed, Instant pausedUntil) {
            return completed >= upTo || pausedUntil != null && (until == null || pausedUntil.isAfter(until));
        }
    }

    /** The limits at which a batch is sent, and its maximum size. */
    record EventBatcherSettings(int flushAt, long flushAtBytes, Duration flushInterval, int maxBatchEvents) {
    }
}
