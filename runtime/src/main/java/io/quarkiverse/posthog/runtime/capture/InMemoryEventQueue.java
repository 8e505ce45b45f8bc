package io.quarkiverse.posthog.runtime.capture;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;

import io.quarkiverse.posthog.capture.DropReason;
import io.quarkiverse.posthog.runtime.config.CaptureConfig.QueueConfig.Overflow;

/** A queue in memory. Its lock is only held for a few instructions. */
final class InMemoryEventQueue implements EventQueue {

    private final int maxEvents;
    private final long maxBytes;
    private final Overflow overflow;
    private final QueueDropListener losses;

    private final ReentrantLock lock = new ReentrantLock();
    private final EventBuffer events = new EventBuffer();
    private long offered;
    private boolean closed;

    InMemoryEventQueue(int maxEvents, long maxBytes, Overflow overflow, QueueDropListener losses) {
        this.maxEvents = maxEvents;
        this.maxBytes = maxBytes;
        this.overflow = overflow;
        this.losses = losses;
    }

    @Override
    public DropReason offer(QueuedEvent event) {
        List<QueuedEvent> evicted = null;
        lock.lock();
        try {
            if (closed) {
                return DropReason.CLOSED;
            }
            if (isFullFor(event)) {
                if (overflow != Overflow.DROP_OLDEST) {
                    return DropReason.QUEUE_FULL;
                }
                if (event.size() > maxBytes) {
                    // All others would have to go for it
                    return DropReason.TOO_LARGE;
                }
                evicted = makeRoom(event);
            }
            events.add(event);
            offered++;
        } finally {
            lock.unlock();
        }
        if (evicted != null) {
            evicted.forEach(old -> losses.lost(old, DropReason.QUEUE_FULL));
        }
        return null;
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
    public List<QueuedEvent> take(int most) {
        lock.lock();
        try {
            return events.take(most);
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void putBack(List<QueuedEvent> taken) {
        lock.lock();
        try {
            events.putBack(taken);
        } finally {
            lock.unlock();
        }
    }

    @Override
    public long size() {
        lock.lock();
        try {
            return events.size();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public long bytes() {
        lock.lock();
        try {
            return events.bytes();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public long offered() {
        lock.lock();
        try {
            return offered;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public long taken() {
        lock.lock();
        try {
            return offered - events.size();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public List<QueuedEvent> drain() {
        lock.lock();
        try {
            closed = true;
            return take(Integer.MAX_VALUE);
        } finally {
            lock.unlock();
        }
    }
}
