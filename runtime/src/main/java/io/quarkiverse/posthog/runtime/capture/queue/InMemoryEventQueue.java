package io.quarkiverse.posthog.runtime.capture.queue;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;

import io.quarkiverse.posthog.capture.DropReason;
import io.quarkiverse.posthog.runtime.capture.event.QueuedEvent;
import io.quarkiverse.posthog.runtime.config.CaptureConfig.QueueConfig.Overflow;

/** A queue in memory. Its lock is only held for a few instructions. */
public final class InMemoryEventQueue implements EventQueue {

    private final int maxEvents;
    private final long maxBytes;
    private final Overflow overflow;

    private final ReentrantLock lock = new ReentrantLock();
    private final EventBuffer events = new EventBuffer();
    private final QueueLevel level = new QueueLevel();
    private long offered;
    private boolean closed;

    public InMemoryEventQueue(int maxEvents, long maxBytes, Overflow overflow) {
        this.maxEvents = maxEvents;
        this.maxBytes = maxBytes;
        this.overflow = overflow;
    }

    @Override
    public OfferResult offer(QueuedEvent event) {
        lock.lock();
        try {
            if (closed) {
                return OfferResult.rejected(DropReason.CLOSED);
            }
            OfferResult result = OfferResult.ADDED;
            if (isFullFor(event)) {
                if (overflow != Overflow.DROP_OLDEST) {
                    return OfferResult.rejected(DropReason.QUEUE_FULL);
                }
                if (event.size() > maxBytes) {
                    // All other events would have to be removed
                    return OfferResult.rejected(DropReason.TOO_LARGE);
                }
                result = new OfferResult(null, makeRoom(event), 0);
            }
            events.add(event);
            offered++;
            updateLevel();
            return result;
        } finally {
            lock.unlock();
        }
    }

    private void updateLevel() {
        level.update(offered, events.size(), events.bytes());
    }

    private boolean isFullFor(QueuedEvent event) {
        return events.isFullFor(event, maxEvents, maxBytes);
    }

    private List<QueuedEvent> makeRoom(QueuedEvent event) {
        List<QueuedEvent> evicted = new ArrayList<>(1);
        while (isFullFor(event)) {
            evicted.add(events.remove());
        }
        return evicted;
    }

    @Override
    public TakeResult take(int max) {
        lock.lock();
        try {
            TakeResult taken = TakeResult.of(events.take(max));
            updateLevel();
            return taken;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void putBack(List<QueuedEvent> taken) {
        lock.lock();
        try {
            events.putBack(taken);
            updateLevel();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public QueueLevel level() {
        return level;
    }

    @Override
    public List<QueuedEvent> drain() {
        lock.lock();
        try {
            closed = true;
            List<QueuedEvent> remaining = events.take(Integer.MAX_VALUE);
            updateLevel();
            return remaining;
        } finally {
            lock.unlock();
        }
    }
}
