package io.quarkiverse.posthog.runtime.capture.queue;

/**
 * The number and size of the events in a queue, which can be read without the lock of the queue, and the threshold from which
 * on the batcher must be notified.
 * <p>
 * No notification is lost: an event is counted before the threshold is read, and the batcher sets the threshold before it
 * reads the counts. With volatile fields, at least one of the two sees the other.
 */
public final class QueueLevel {

    private volatile long offered;
    private volatile long taken;
    private volatile long bytes;
    private volatile long maxEvents = Long.MAX_VALUE;
    private volatile long maxBytes = Long.MAX_VALUE;

    /** Called with the lock of the queue held. */
    void update(long offered, long size, long bytes) {
        // In this order: a reader may see too many events, but never too few
        this.offered = offered;
        this.taken = offered - size;
        this.bytes = bytes;
    }

    long size() {
        long before = taken;
        return offered - before;
    }

    long bytes() {
        return bytes;
    }

    long offered() {
        return offered;
    }

    long taken() {
        return taken;
    }

    void setThreshold(long events, long bytes) {
        maxEvents = events;
        maxBytes = bytes;
    }

    boolean isThresholdReached() {
        return size() >= maxEvents || bytes >= maxBytes;
    }
}
