package io.quarkiverse.posthog.runtime.capture;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Flow.Subscription;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.function.Supplier;

import io.quarkiverse.posthog.capture.CaptureSummary;
import io.quarkiverse.posthog.capture.DeliveryAttempt;
import io.quarkiverse.posthog.capture.DropReason;
import io.quarkiverse.posthog.runtime.capture.delivery.EventBatcher;
import io.quarkiverse.posthog.runtime.capture.event.Nesting;
import io.quarkiverse.posthog.runtime.capture.event.PreprocessingResult;
import io.quarkiverse.posthog.runtime.capture.event.PreprocessingResult.Discarded;
import io.quarkiverse.posthog.runtime.capture.event.QueuedEvent;
import io.quarkiverse.posthog.runtime.capture.report.DeliveryCallback;
import io.quarkiverse.posthog.runtime.capture.report.DeliveryTracker;
import io.quarkiverse.posthog.runtime.capture.wire.Batch;
import io.smallrye.mutiny.subscription.MultiSubscriber;
import io.smallrye.mutiny.subscription.UniEmitter;

/**
 * Captures or delivers a stream of events with its own batcher. It requests more items when events are delivered or dropped, so
 * that the number of events in memory is limited.
 */
final class StreamCaptureSubscriber<T> implements MultiSubscriber<T>, DeliveryCallback {

    /** The number of items to request before the size of the events is known. */
    private static final int FIRST_REQUEST = 16;

    private final StreamItems<? super T> items;
    private final DeliveryTracker tracker;
    private final Nesting nesting;
    private final EventBatcher batcher;
    private final UniEmitter<? super CaptureSummary> emitter;
    private final int maxEvents;
    private final long maxBytes;

    private final ReentrantLock lock = new ReentrantLock();
    private final Map<DropReason, Long> dropped = new EnumMap<>(DropReason.class);
    private volatile Subscription upstream;
    private boolean requesting;
    private volatile boolean over;
    private long received;
    private long delivered;
    /** The number and size of the events that were passed to the batcher. */
    private long offered;
    private long offeredBytes;
    /** The number of requested items that are not received, delivered or dropped yet. */
    private long outstanding;

    /**
     * @param nesting the nesting of the caller; events may arrive on other threads
     * @param maxEvents the maximum number of events in memory
     */
    StreamCaptureSubscriber(StreamItems<? super T> items, DeliveryTracker tracker, Nesting nesting,
            Function<DeliveryCallback, EventBatcher> batcher, int maxEvents, long maxBytes,
            UniEmitter<? super CaptureSummary> emitter) {
        this.items = items;
        this.tracker = tracker;
        this.nesting = nesting;
        this.maxEvents = maxEvents;
        this.maxBytes = maxBytes;
        this.emitter = emitter;
        this.batcher = batcher.apply(this);
    }

    boolean isKept() {
        return items.isKept();
    }

    EventBatcher batcher() {
        return batcher;
    }

    /**
     * Changes the state, and requests more items if possible: in one thread at a time, and never in the thread that sends
     * events, because a stream may read a file or a database when items are requested.
     */
    private void step(Runnable change) {
        boolean request;
        lock.lock();
        try {
            change.run();
            request = !requesting && nextRequest() > 0;
            requesting |= request;
        } finally {
            lock.unlock();
        }
        if (request) {
            batcher.runOnWorker(this::request);
        }
    }

    /** Half of the limit at a time, to request many items at once; less if the events are large. */
    private long nextRequest() {
        long room = offered == 0 ? FIRST_REQUEST
                : Math.max(1, Math.min(maxEvents, maxBytes * offered / Math.max(1, offeredBytes)));
        return over || upstream == null || outstanding > room / 2 ? 0 : room - outstanding;
    }

    private void request() {
        for (long count = startRequest(); count > 0; count = startRequest()) {
            try {
                upstream.request(count);
            } catch (Throwable e) {
                // Violates the specification of streams; no further items may arrive
                upstream.cancel();
                end(e);
                return;
            }
        }
    }

    private long startRequest() {
        lock.lock();
        try {
            long count = nextRequest();
            outstanding += count;
            requesting = count > 0;
            return count;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void onSubscribe(Subscription subscription) {
        step(() -> upstream = subscription);
        if (over) {
            subscription.cancel();
        }
    }

    @Override
    public void onItem(T item) {
        nesting.and(Nesting.current()).call(() -> {
            capture(item);
            return null;
        });
    }

    private void capture(T item) {
        step(() -> received++);
        PreprocessingResult result = items.process(item);
        if (result instanceof Discarded discarded) {
            discard(discarded);
            items.discarded(item, discarded);
            return;
        }
        QueuedEvent queued = (QueuedEvent) result;
        step(() -> {
            offered++;
            offeredBytes += queued.size();
        });
        DropReason rejection = batcher.offer(queued);
        if (rejection == null) {
            tracker.accepted(queued);
        } else {
            discard(new Discarded(queued.event(), rejection, null));
        }
    }

    private void discard(Discarded event) {
        tracker.discarded(event);
        ended(1, event.reason());
    }

    @Override
    public void delivered(List<QueuedEvent> events) {
        tracker.delivered(events);
        items.delivered(events);
        step(() -> {
            delivered += events.size();
            outstanding -= events.size();
        });
    }

    @Override
    public void dropped(List<QueuedEvent> events, DropReason reason, String detail) {
        if (reason != DropReason.CLOSED || !isKept()) {
            tracker.dropped(events, reason, detail);
        }
        items.dropped(events, reason, detail);
        ended(events.size(), reason);
    }

    @Override
    public void dropped(long count, DropReason reason, String detail) {
        tracker.dropped(count, reason, detail);
        ended(count, reason);
    }

    private void ended(long count, DropReason reason) {
        step(() -> {
            dropped.merge(reason, count, Long::sum);
            outstanding -= count;
        });
    }

    @Override
    public void attempted(Batch batch, String failure, Supplier<DeliveryAttempt> details) {
        tracker.attempted(batch, failure, details);
    }

    @Override
    public void onCompletion() {
        end(null);
    }

    @Override
    public void onFailure(Throwable failure) {
        end(failure);
    }

    private void end(Throwable failure) {
        step(() -> over = true);
        batcher.deliver().subscribe().with(ignored -> {
            if (failure == null) {
                emitter.complete(summary());
            } else {
                emitter.fail(failure);
            }
        });
    }

    private CaptureSummary summary() {
        lock.lock();
        try {
            return new CaptureSummary(received, delivered, dropped);
        } finally {
            lock.unlock();
        }
    }

    void fail(Throwable failure) {
        emitter.fail(failure);
    }

    /** Cancels the stream and drops the remaining events, after the result is emitted or canceled. */
    void cancel() {
        step(() -> over = true);
        if (upstream != null) {
            upstream.cancel();
        }
        batcher.close();
    }
}
