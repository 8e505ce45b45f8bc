package io.quarkiverse.posthog.runtime.capture;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
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
 * channel did not store are written again, in their order; later events then wait behind them.
 */
final class ChannelWriter {

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

    private final ReentrantLock lock = new ReentrantLock();
    /** All events that the channel has not stored, by their number. */
    private final TreeMap<Long, QueuedEvent> pending = new TreeMap<>();
    /** The pending events that are not being written, because a write failed. */
    private final TreeMap<Long, QueuedEvent> waiting = new TreeMap<>();
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
    private boolean closed;

    /** A caller that waits until the events up to a number are stored. */
    private record Flush(long upTo, boolean endsWithPause, UniEmitter<? super Void> emitter) {
    }

    ChannelWriter(String account, String channel, Supplier<CaptureChannel> target, QueueConfig limits, Backoff backoff,
            Duration timeout,
            SpooledEventCodec codec, DeliveryTracker tracker, CaptureLogger log, AccountExecutor background) {
        this.account = account;
        this.channel = channel;
        this.target = target;
        this.limits = limits;
        this.backoff = backoff;
        this.timeout = timeout;
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
        Uni.createFrom().deferred(() -> target.get().send(new ChannelEvent(account, channel, event.event(),
                new String(codec.write(event), StandardCharsets.UTF_8))))
                .ifNoItem().after(timeout).fail()
                .subscribe().with(ignored -> stored(number, event), failure -> failed(number, event, failure));
    }

    private void stored(long number, QueuedEvent event) {
        List<Flush> ended;
        lock.lock();
        try {
            if (pending.remove(number) == null) {
                return;
            }
            bytes -= event.size();
            failures = 0;
            lastFailure = null;
            ended = ended(false);
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
            Runnable timer = background.after(pause, () -> background.work(this::writeAgain));
            lock.lock();
            try {
                cancelTimer = timer;
            } finally {
                lock.unlock();
            }
            complete(ended);
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
