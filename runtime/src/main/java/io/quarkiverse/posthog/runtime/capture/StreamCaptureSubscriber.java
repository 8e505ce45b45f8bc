package io.quarkiverse.posthog.runtime.capture;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Flow.Subscription;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.function.Supplier;

import io.quarkiverse.posthog.CaptureEvent;
import io.quarkiverse.posthog.capture.CaptureSummary;
import io.quarkiverse.posthog.capture.DeliveryAttempt;
import io.quarkiverse.posthog.capture.DropReason;
import io.quarkiverse.posthog.runtime.capture.delivery.EventBatcher;
import io.quarkiverse.posthog.runtime.capture.event.EventPreprocessor;
import io.quarkiverse.posthog.runtime.capture.event.Nesting;
import io.quarkiverse.posthog.runtime.capture.event.PreprocessingResult;
import io.quarkiverse.posthog.runtime.capture.event.PreprocessingResult.Declined;
import io.quarkiverse.posthog.runtime.capture.event.QueuedEvent;
import io.quarkiverse.posthog.runtime.capture.report.DeliveryCallback;
import io.quarkiverse.posthog.runtime.capture.report.DeliveryTracker;
import io.quarkiverse.posthog.runtime.capture.wire.Batch;
import io.smallrye.mutiny.subscription.MultiSubscriber;
import io.smallrye.mutiny.subscription.UniEmitter;

/**
 * Captures a stream of events with its own batcher. It requests more items when events are delivered or dropped, so
 * that the number of events in memory is limited.
 */
final class StreamCaptureSubscriber implements MultiSubscriber<CaptureEvent>, DeliveryCallback {

    /** What the stream is asked for before it is known how large its events are. */
    private static final int FIRST = 16;

    private final EventPreprocessor preprocessor;
    private final DeliveryTracker tracker;
    private final Nesting nesting;
    private final EventBatcher batcher;
    private final UniEmitter<? super CaptureSummary> emitter;
    private final int window;
    private final long maxBytes;

    private final ReentrantLock lock = new ReentrantLock();
    private final Map<DropReason, Long> dropped = new EnumMap<>(DropReason.class);
    private Subscription upstream;
    private boolean asking;
    private long events;
    private long admitted;
    private long bytes;
    private long delivered;
    /** Events asked for that have neither arrived nor ended. */
    private long outstanding;
    private Throwable failure;
    private boolean completed;
    private boolean over;

    /**
     * @param nesting where the stream was captured; its events may arrive on other threads
     * @param window the maximum number of events in memory
     */
    StreamCaptureSubscriber(EventPreprocessor preprocessor, DeliveryTracker tracker, Nesting nesting,
            Function<DeliveryCallback, EventBatcher> batcher, int window,
            long maxBytes, UniEmitter<? super CaptureSummary> emitter) {
        this.preprocessor = preprocessor;
        this.tracker = tracker;
        this.nesting = nesting;
        this.window = window;
        this.maxBytes = maxBytes;
        this.emitter = emitter;
        this.batcher = batcher.apply(this);
    }

    EventBatcher batcher() {
        return batcher;
    }

    @Override
    public void onSubscribe(Subscription subscription) {
        lock.lock();
        try {
            upstream = subscription;
        } finally {
            lock.unlock();
        }
        askForMore();
    }

    /**
     * Asks the stream for more, one thread at a time, and never on that of who sends: a stream that reads a file or a
     * database does so when it is asked.
     */
    private void askForMore() {
        lock.lock();
        try {
            if (asking || more() == 0) {
                return;
            }
            asking = true;
        } finally {
            lock.unlock();
        }
        batcher.runOnWorker(this::ask);
    }

    private void ask() {
        while (true) {
            long more;
            lock.lock();
            try {
                more = more();
                outstanding += more;
                asking = more > 0;
            } finally {
                lock.unlock();
            }
            if (more == 0) {
                return;
            }
            try {
                upstream.request(more);
            } catch (Throwable e) {
                // Against the rules of streams; waiting for more would never end
                upstream.cancel();
                completed(e);
                return;
            }
        }
    }

    /** Half a window at a time, so that the stream is not asked for each event; less when the events are large. */
    private long more() {
        long room = admitted == 0 ? FIRST : Math.max(1, Math.min(window, maxBytes * admitted / bytes));
        return over || completed || upstream == null || outstanding > room / 2 ? 0 : room - outstanding;
    }

    @Override
    public void onItem(CaptureEvent event) {
        nesting.and(Nesting.current()).call(() -> {
            capture(event);
            return null;
        });
    }

    private void capture(CaptureEvent event) {
        PreprocessingResult admission = preprocessor.admit(event);
        lock.lock();
        try {
            events++;
        } finally {
            lock.unlock();
        }
        if (admission instanceof Declined no) {
            tracker.declined(no.event(), no.reason(), no.detail());
            declined(no.reason());
            return;
        }
        QueuedEvent queued = (QueuedEvent) admission;
        lock.lock();
        try {
            admitted++;
            bytes += Math.max(1, queued.size());
        } finally {
            lock.unlock();
        }
        DropReason refusal = batcher.offer(queued);
        if (refusal == null) {
            tracker.accepted(queued);
        } else {
            tracker.declined(queued.event(), refusal, null);
            declined(refusal);
        }
    }

    private void declined(DropReason reason) {
        lock.lock();
        try {
            dropped.merge(reason, 1L, Long::sum);
            outstanding--;
        } finally {
            lock.unlock();
        }
        askForMore();
        finishWhenAllEnded();
    }

    @Override
    public void delivered(List<QueuedEvent> done) {
        tracker.delivered(done);
        lock.lock();
        try {
            delivered += done.size();
        } finally {
            lock.unlock();
        }
        ended(done.size());
    }

    @Override
    public void dropped(List<QueuedEvent> done, DropReason reason, String detail) {
        tracker.dropped(done, reason, detail);
        count(done.size(), reason);
    }

    @Override
    public void dropped(long count, DropReason reason, String detail) {
        tracker.dropped(count, reason, detail);
        count(count, reason);
    }

    private void count(long count, DropReason reason) {
        lock.lock();
        try {
            dropped.merge(reason, count, Long::sum);
        } finally {
            lock.unlock();
        }
        ended(count);
    }

    private void ended(long count) {
        lock.lock();
        try {
            outstanding -= count;
        } finally {
            lock.unlock();
        }
        askForMore();
        finishWhenAllEnded();
    }

    @Override
    public void attempted(Batch batch, String failure, Supplier<DeliveryAttempt> details) {
        tracker.attempted(batch, failure, details);
    }

    @Override
    public void onCompletion() {
        completed(null);
    }

    @Override
    public void onFailure(Throwable failure) {
        completed(failure);
    }

    private void completed(Throwable failure) {
        lock.lock();
        try {
            this.completed = true;
            this.failure = failure;
        } finally {
            lock.unlock();
        }
        batcher.flush().subscribe().with(ignored -> {
        });
        finishWhenAllEnded();
    }

    private void finishWhenAllEnded() {
        CaptureSummary summary;
        lock.lock();
        try {
            long total = dropped.values().stream().mapToLong(Long::longValue).sum();
            if (over || !completed || delivered + total < events) {
                return;
            }
            over = true;
            summary = new CaptureSummary(events, delivered, dropped);
        } finally {
            lock.unlock();
        }
        if (failure == null) {
            emitter.complete(summary);
        } else {
            emitter.fail(failure);
        }
    }

    /** Whoever waited for it does not any more. */
    void cancel() {
        Subscription subscription;
        lock.lock();
        try {
            over = true;
            subscription = upstream;
        } finally {
            lock.unlock();
        }
        if (subscription != null) {
            subscription.cancel();
        }
        batcher.close();
    }

    /** The account is closed. */
    void close(Throwable reason) {
        cancel();
        emitter.fail(reason);
    }
}
