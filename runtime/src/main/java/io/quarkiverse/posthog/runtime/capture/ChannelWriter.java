package io.quarkiverse.posthog.runtime.capture;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

import io.quarkiverse.posthog.capture.CaptureChannel;
import io.quarkiverse.posthog.capture.ChannelEvent;
import io.quarkiverse.posthog.capture.DropReason;
import io.quarkiverse.posthog.runtime.background.AccountExecutor;
import io.quarkiverse.posthog.runtime.capture.ChannelBacklog.Closing;
import io.quarkiverse.posthog.runtime.capture.ChannelBacklog.Entry;
import io.quarkiverse.posthog.runtime.capture.ChannelBacklog.Failure;
import io.quarkiverse.posthog.runtime.capture.ChannelBacklog.Offer;
import io.quarkiverse.posthog.runtime.capture.ChannelBacklog.Removal;
import io.quarkiverse.posthog.runtime.capture.event.EventEnricher;
import io.quarkiverse.posthog.runtime.capture.event.QueuedEvent;
import io.quarkiverse.posthog.runtime.capture.log.CaptureLogger;
import io.quarkiverse.posthog.runtime.capture.queue.SpooledEventCodec;
import io.quarkiverse.posthog.runtime.capture.report.DeliveryTracker;
import io.quarkiverse.posthog.runtime.config.CaptureConfig.QueueConfig;
import io.quarkiverse.posthog.runtime.rest.Backoff;
import io.smallrye.mutiny.Uni;

/**
 * Writes events to a channel, and keeps each one until the channel has stored it. Events that the channel did not store are
 * written again, in their order. Events that can never be delivered are dropped, because a broker could reject them each time.
 */
final class ChannelWriter {

    private static final Duration WORKER_RETRY_DELAY = Duration.ofMillis(100);

    private final String account;
    private final String channel;
    private final Supplier<CaptureChannel> target;
    private final Duration timeout;
    private final long maxEventBytes;
    private final SpooledEventCodec codec;
    private final DeliveryTracker tracker;
    private final CaptureLogger log;
    private final AccountExecutor background;
    private final ChannelBacklog backlog;
    private final UnacknowledgedWrites writing;
    private volatile Runnable cancelTimer = () -> {
    };

    /** @param timeout the time in which the channel must acknowledge an event */
    ChannelWriter(String account, String channel, Supplier<CaptureChannel> target, QueueConfig limits, Backoff backoff,
            Duration timeout, long maxEventBytes, SpooledEventCodec codec, DeliveryTracker tracker, CaptureLogger log,
            AccountExecutor background) {
        this.account = account;
        this.channel = channel;
        this.target = target;
        this.timeout = timeout;
        this.maxEventBytes = maxEventBytes;
        this.codec = codec;
        this.tracker = tracker;
        this.log = log;
        this.background = background;
        this.backlog = new ChannelBacklog(limits, backoff, background::now);
        this.writing = new UnacknowledgedWrites(timeout, background, this::notAcknowledged);
    }

    /** The event as it is written: another machine sends it, whose clock says nothing about the time of the event. */
    static QueuedEvent toWrite(QueuedEvent event) {
        return event.event().properties().containsKey(EventEnricher.IGNORE_SENT_AT) ? event
                : new QueuedEvent(event.event().property(EventEnricher.IGNORE_SENT_AT, true),
                        event.size() + EventEnricher.IGNORE_SENT_AT.length(), event.sequence(), event.fromListener());
    }

    /** @return the reason why the event was not accepted; null if it was */
    DropReason offer(QueuedEvent event) {
        Offer offer = backlog.offer(event);
        if (offer.rejection() == null) {
            if (offer.open()) {
                write(offer.entry());
            } else {
                writeAll(backlog::nextTrial);
            }
        }
        return offer.rejection();
    }

    private void writeAll(Supplier<Entry> entries) {
        for (Entry next = entries.get(); next != null; next = entries.get()) {
            write(next);
        }
    }

    private void write(Entry entry) {
        QueuedEvent event = entry.event();
        byte[] json;
        try {
            json = codec.write(event);
        } catch (Exception | StackOverflowError e) {
            log.failed("could not encode an event", e);
            drop(entry, DropReason.ENCODING_FAILED, "event '" + event.event().event() + "' can't be encoded: " + e);
            return;
        }
        if (json.length > maxEventBytes) {
            drop(entry, DropReason.TOO_LARGE, "event '" + event.event().event() + "' has " + json.length + " bytes as JSON");
            return;
        }
        long number = entry.number();
        try {
            writing.add(number);
            target.get().send(new ChannelEvent(account, channel, event.event(), new String(json, StandardCharsets.UTF_8)))
                    .subscribe().with(ignored -> stored(number), failure -> failed(number, failure));
        } catch (Throwable e) {
            failed(number, e);
        }
    }

    private void drop(Entry entry, DropReason reason, String detail) {
        Removal removal = backlog.dropped(entry.number());
        if (removal != null) {
            tracker.dropped(List.of(entry.event()), reason, detail);
            removal.ended().forEach(Runnable::run);
        }
    }

    private void stored(long number) {
        writing.remove(number);
        Removal removal = backlog.stored(number);
        if (removal != null) {
            tracker.stored();
            log.succeeded();
            removal.ended().forEach(Runnable::run);
            if (removal.catchUp()) {
                onWorker(() -> writeAll(backlog::nextWaiting));
            }
        }
    }

    private void notAcknowledged(long number) {
        failed(number, new TimeoutException("not acknowledged within " + timeout.toMillis() + " ms"));
    }

    private void failed(long number, Throwable reason) {
        writing.remove(number);
        Failure failure = backlog.failed(number, "Channel '" + channel + "': " + reason);
        if (failure == null) {
            return;
        }
        if (failure.pause() != null) {
            log.failed(new IllegalStateException("channel '" + channel + "' did not store an event: " + reason, reason),
                    failure.kept(), failure.pause());
            cancelTimer = background.after(failure.pause(), () -> onWorker(this::resume));
        }
        failure.ended().forEach(Runnable::run);
    }

    private void resume() {
        backlog.resume();
        writeAll(backlog::nextTrial);
    }

    /** All workers may be busy and their queue full. */
    private void onWorker(Runnable task) {
        try {
            background.work(task);
        } catch (RuntimeException e) {
            background.after(WORKER_RETRY_DELAY, () -> onWorker(task));
        }
    }

    /** Completes when the events that were captured before are stored, or, if requested, when a failure delays them. */
    Uni<Void> flush(boolean endsWithPause) {
        return Uni.createFrom().emitter(emitter -> backlog.flush(endsWithPause, () -> emitter.complete(null))
                .forEach(Runnable::run));
    }

    int size() {
        return backlog.size();
    }

    long bytes() {
        return backlog.bytes();
    }

    Instant pausedUntil() {
        return backlog.pausedUntil();
    }

    String lastFailure() {
        return backlog.lastFailure();
    }

    /** Accepts no more events, and drops those that the channel has not stored. */
    void close() {
        Closing closing = backlog.close();
        writing.close();
        cancelTimer.run();
        if (!closing.lost().isEmpty()) {
            tracker.dropped(closing.lost(), DropReason.CLOSED, null);
        }
        closing.ended().forEach(Runnable::run);
    }
}
