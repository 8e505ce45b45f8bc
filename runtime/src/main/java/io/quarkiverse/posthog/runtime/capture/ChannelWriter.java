package io.quarkiverse.posthog.runtime.capture;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

import io.quarkiverse.posthog.capture.CaptureChannel;
import io.quarkiverse.posthog.capture.ChannelEvent;
import io.quarkiverse.posthog.capture.DropReason;
import io.quarkiverse.posthog.runtime.background.AccountExecutor;
import io.quarkiverse.posthog.runtime.capture.event.EventEnricher;
import io.quarkiverse.posthog.runtime.capture.event.QueuedEvent;
import io.quarkiverse.posthog.runtime.capture.log.CaptureLogger;
import io.quarkiverse.posthog.runtime.capture.queue.SpooledEventCodec;
import io.quarkiverse.posthog.runtime.capture.report.DeliveryTracker;
import io.quarkiverse.posthog.runtime.config.CaptureConfig.QueueConfig;
import io.quarkiverse.posthog.runtime.rest.Backoff;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.UniEmitter;

/**
 * Writes events to a channel when they are captured, and keeps each one until the channel has stored it. Events that the
 * channel did not store are written again, in their order; later events then wait behind them. Events that can never be
 * delivered are dropped, because a broker could reject them each time.
 */
final class ChannelWriter {

    private static final Duration WORKER_RETRY_DELAY = Duration.ofMillis(100);

    private final String account;
    private final String channel;
    private final Supplier<CaptureChannel> target;
    private final QueueConfig limits;
    private final Backoff backoff;
    /** Some connectors never acknowledge the messages that they were sending when a connection was lost. */
    private final Duration timeout;
    private final SpooledEventCodec codec;
    private final DeliveryTracker tracker;
    private final CaptureLogger log;
    private final AccountExecutor background;
    private final long maxEventBytes;

    private final ReentrantLock lock = new ReentrantLock();
    /** All events that the channel has not stored, by their number. */
    private final TreeMap<Long, QueuedEvent> pending = new TreeMap<>();
    /** The pending events that are not being written, because a write failed. */
    private final TreeMap<Long, QueuedEvent> waiting = new TreeMap<>();
    /** When the events that are being written were written. */
    private final Map<Long, Duration> writing = new HashMap<>();
    private final List<Flush> flushes = new ArrayList<>();
    private long lastNumber;
    private long bytes;
    /** The number of failures in a row, of any events that were written at the same time. */
    private int failures;
    private Instant pausedUntil;
    /** Whether events are being written again. Events that are captured in the meantime wait behind them. */
    private boolean writingAgain;
    private String lastFailure;
    private Runnable cancelTimer;
    /** Whether a timer looks for events that the channel does not acknowledge. */
    private boolean watching;
    private boolean closed;

    /** A flush that ends when the events up to a number are stored. */
    private record Flush(long upTo, boolean endsWithPause, UniEmitter<? super Void> emitter) {
    }

    ChannelWriter(String account, String channel, Supplier<CaptureChannel> target, QueueConfig limits, Backoff backoff,
            Duration timeout, long maxEventBytes, SpooledEventCodec codec, DeliveryTracker tracker, CaptureLogger log,
            AccountExecutor background) {
        this.account = account;
        this.channel = channel;
        this.target = target;
        this.limits = limits;
        this.backoff = backoff;
        this.timeout = timeout;
        this.maxEventBytes = maxEventBytes;
        this.codec = codec;
        this.tracker = tracker;
        this.log = log;
        this.background = background;
    }

    /** The event as it is written: another machine sends it, whose clock says nothing about the time of the event. */
    static QueuedEvent toWrite(QueuedEvent event) {
        return event.event().properties().containsKey(EventEnricher.IGNORE_SENT_AT) ? event
                : new QueuedEvent(event.event().property(EventEnricher.IGNORE_SENT_AT, true),
                        event.size() + EventEnricher.IGNORE_SENT_AT.length(), event.sequence(), event.fromListener());
    }

    /** @return the reason why the event was not accepted; null if it was */
    DropReason offer(QueuedEvent event) {
        long number;
        lock.lock();
        try {
            if (closed) {
                return DropReason.CLOSED;
            }
            if (pending.size() >= limits.maxEvents() || bytes + event.size() > limits.maxSize().asLongValue()) {
                return DropReason.QUEUE_FULL;
            }
            number = ++lastNumber;
            pending.put(number, event);
            bytes += event.size();
            if (pausedUntil != null || writingAgain) {
                waiting.put(number, event);
                return null;
            }
        } finally {
            lock.unlock();
        }
        write(number, event);
        return null;
    }

    private void write(long number, QueuedEvent event) {
        byte[] json;
        try {
            json = codec.write(event);
        } catch (Exception | StackOverflowError e) {
            log.failed("could not encode an event", e);
            drop(number, event, DropReason.ENCODING_FAILED,
                    "event '" + event.event().event() + "' can't be encoded: " + e);
            return;
        }
        if (json.length > maxEventBytes) {
            drop(number, event, DropReason.TOO_LARGE,
                    "event '" + event.event().event() + "' has " + json.length + " bytes as JSON");
            return;
        }
        try {
            watch(number);
            target.get().send(new ChannelEvent(account, channel, event.event(), new String(json, StandardCharsets.UTF_8)))
                    .subscribe().with(ignored -> stored(number, event), failure -> failed(number, event, failure));
        } catch (Throwable e) {
            failed(number, event, e);
        }
    }

    private void watch(long number) {
        boolean start;
        lock.lock();
        try {
            writing.put(number, background.elapsed());
            start = !watching && !closed;
            watching = true;
        } finally {
            lock.unlock();
        }
        if (start) {
            watchLater();
        }
    }

    private void watchLater() {
        try {
            background.after(timeout, this::failUnacknowledged);
        } catch (Throwable e) {
            lock.lock();
            try {
                watching = false;
            } finally {
                lock.unlock();
            }
            throw e;
        }
    }

    private void failUnacknowledged() {
        Map<Long, QueuedEvent> late = new TreeMap<>();
        boolean again;
        lock.lock();
        try {
            Duration since = background.elapsed().minus(timeout);
            writing.forEach((number, time) -> {
                if (time.compareTo(since) <= 0) {
                    late.put(number, pending.get(number));
                }
            });
            again = writing.size() > late.size() && !closed;
            watching = again;
        } finally {
            lock.unlock();
        }
        if (again) {
            watchLater();
        }
        late.forEach((number, event) -> failed(number, event,
                new TimeoutException("not acknowledged within " + timeout.toMillis() + " ms")));
    }

    /** Removes an event that is stored or dropped. @return the flushes that are over; null if the event was removed before */
    private List<Flush> remove(long number, QueuedEvent event) {
        writing.remove(number);
        waiting.remove(number);
        if (pending.remove(number) == null) {
            return null;
        }
        bytes -= event.size();
        return ended(false);
    }

    private void drop(long number, QueuedEvent event, DropReason reason, String detail) {
        List<Flush> ended;
        lock.lock();
        try {
            ended = remove(number, event);
        } finally {
            lock.unlock();
        }
        if (ended != null) {
            tracker.dropped(List.of(event), reason, detail);
            complete(ended);
        }
    }

    private void stored(long number, QueuedEvent event) {
        List<Flush> ended;
        lock.lock();
        try {
            ended = remove(number, event);
            if (ended == null) {
                return;
            }
            failures = 0;
            lastFailure = null;
        } finally {
            lock.unlock();
        }
        tracker.stored();
        log.succeeded();
        complete(ended);
    }

    private void failed(long number, QueuedEvent event, Throwable failure) {
        Duration pause = null;
        int kept;
        List<Flush> ended = List.of();
        lock.lock();
        try {
            writing.remove(number);
            if (!pending.containsKey(number)) {
                return;
            }
            waiting.put(number, event);
            lastFailure = "Channel '" + channel + "': " + failure;
            kept = pending.size();
            if (pausedUntil == null) {
                pause = backoff.delay(failures++);
                pausedUntil = background.now().plus(pause);
                ended = ended(true);
            }
        } finally {
            lock.unlock();
        }
        if (pause != null) {
            log.failed(new IllegalStateException("channel '" + channel + "' did not store an event: " + failure, failure), kept,
                    pause);
            Runnable timer = background.after(pause, this::resume);
            lock.lock();
            try {
                cancelTimer = timer;
            } finally {
                lock.unlock();
            }
            complete(ended);
        }
    }

    /** All workers may be busy and their queue full. */
    private void resume() {
        try {
            background.work(this::writeAgain);
        } catch (RuntimeException e) {
            background.after(WORKER_RETRY_DELAY, this::resume);
        }
    }

    private void writeAgain() {
        lock.lock();
        try {
            pausedUntil = null;
            writingAgain = true;
        } finally {
            lock.unlock();
        }
        for (Map.Entry<Long, QueuedEvent> next = next(); next != null; next = next()) {
            write(next.getKey(), next.getValue());
        }
    }

    /** @return the next event to write again; null if there is none, or if a failure has started the next pause */
    private Map.Entry<Long, QueuedEvent> next() {
        lock.lock();
        try {
            writingAgain = !closed && pausedUntil == null && !waiting.isEmpty();
            return writingAgain ? waiting.pollFirstEntry() : null;
        } finally {
            lock.unlock();
        }
    }

    /** Removes the flushes that are over; called with the lock. */
    private List<Flush> ended(boolean paused) {
        List<Flush> ended = flushes.stream()
                .filter(flush -> paused && flush.endsWithPause() || pending.isEmpty() || pending.firstKey() > flush.upTo())
                .toList();
        flushes.removeAll(ended);
        return ended;
    }

    private static void complete(Collection<Flush> flushes) {
        flushes.forEach(flush -> flush.emitter().complete(null));
    }

    /** Completes when the events that were captured before are stored, or, if requested, when a failure delays them. */
    Uni<Void> flush(boolean endsWithPause) {
        return Uni.createFrom().emitter(emitter -> {
            List<Flush> ended;
            lock.lock();
            try {
                flushes.add(new Flush(lastNumber, endsWithPause, emitter));
                ended = ended(pausedUntil != null);
            } finally {
                lock.unlock();
            }
            complete(ended);
        });
    }

    int size() {
        lock.lock();
        try {
            return pending.size();
        } finally {
            lock.unlock();
        }
    }

    long bytes() {
        lock.lock();
        try {
            return bytes;
        } finally {
            lock.unlock();
        }
    }

    Instant pausedUntil() {
        lock.lock();
        try {
            return pausedUntil;
        } finally {
            lock.unlock();
        }
    }

    String lastFailure() {
        lock.lock();
        try {
            return lastFailure;
        } finally {
            lock.unlock();
        }
    }

    /** Accepts no more events, and drops those that the channel has not stored. */
    void close() {
        List<QueuedEvent> lost;
        List<Flush> ended;
        Runnable timer;
        lock.lock();
        try {
            closed = true;
            lost = List.copyOf(pending.values());
            pending.clear();
            waiting.clear();
            writing.clear();
            bytes = 0;
            ended = ended(true);
            timer = cancelTimer;
        } finally {
            lock.unlock();
        }
        if (timer != null) {
            timer.run();
        }
        if (!lost.isEmpty()) {
            tracker.dropped(lost, DropReason.CLOSED, null);
        }
        complete(ended);
    }
}
