package io.quarkiverse.posthog.runtime.capture;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;

import io.quarkiverse.posthog.capture.DropReason;
import io.quarkiverse.posthog.runtime.background.AccountExecutor;
import io.quarkiverse.posthog.runtime.capture.spool.AppendResult;
import io.quarkiverse.posthog.runtime.capture.spool.Spool;
import io.quarkiverse.posthog.runtime.capture.spool.SpoolFullException;
import io.quarkiverse.posthog.runtime.capture.spool.SpoolRecord;
import io.quarkiverse.posthog.runtime.config.CaptureConfig.QueueConfig;
import io.quarkiverse.posthog.runtime.config.CaptureConfig.QueueConfig.Overflow;
import io.quarkiverse.posthog.runtime.config.CaptureConfig.SpoolConfig;
import io.quarkiverse.posthog.runtime.config.CaptureConfig.SpoolConfig.Fsync;

/**
 * A queue that keeps all events on disk until they are acknowledged. The oldest events are also in memory, up to the
 * limits of the queue; the others are read when needed.
 */
final class SpoolingEventQueue implements EventQueue {

    /** Nothing can be added while it reads, so it reads little at a time. */
    private static final long READ_BYTES = 1 << 20;

    private final SpoolConfig config;
    private final QueueConfig bounds;
    private final SpooledEventCodec format;
    private final AccountExecutor background;
    private final CaptureLogger log;
    private final QueueDropListener losses;
    private final Spool spool;

    private final ReentrantLock lock = new ReentrantLock();
    private final EventBuffer memory = new EventBuffer();
    /** Records that are read but not decoded yet; empty unless decoding failed for a reason other than the record. */
    private final Deque<SpoolRecord> records = new ArrayDeque<>();
    private final AtomicBoolean forcing = new AtomicBoolean();
    private final AtomicBoolean acknowledging = new AtomicBoolean();
    private final AtomicLong done = new AtomicLong(QueuedEvent.NOT_SPOOLED);
    private long expired;
    private long offered;
    private boolean closed;

    /** @throws IOException when the directory can't be used, saying why */
    SpoolingEventQueue(Path directory, SpoolConfig config, QueueConfig bounds, SpooledEventCodec format,
            AccountExecutor background,
            CaptureLogger log, QueueDropListener losses) throws IOException {
        this.config = config;
        this.bounds = bounds;
        this.format = format;
        this.background = background;
        this.log = log;
        this.losses = losses;
        this.spool = SpoolFactory.open(directory, config, new Reader());
        this.offered = spool.unread();
    }

    @Override
    public DropReason offer(QueuedEvent event) {
        byte[] payload = format.write(event);
        DropReason refusal;
        long dropped;
        lock.lock();
        try {
            long before = spool.unread() + memory.size();
            refusal = closed ? DropReason.CLOSED : add(event, payload);
            // What is in memory is still sent
            dropped = before - spool.unread() - memory.size() + (refusal == null ? 1 : 0);
            offered += refusal == null ? 1 : 0;
        } finally {
            lock.unlock();
        }
        if (dropped > 0) {
            losses.lost(dropped, DropReason.QUEUE_FULL, "the spool is full");
        }
        return refusal == null ? forced() : refusal;
    }

    private DropReason add(QueuedEvent event, byte[] payload) {
        try {
            while (true) {
                try {
                    append(event, payload);
                    return null;
                } catch (SpoolFullException e) {
                    long before = spool.unread();
                    if (bounds.overflow() != Overflow.DROP_OLDEST
                            || spool.dropOldest() == 0 && spool.unread() == before) {
                        return DropReason.QUEUE_FULL;
                    }
                }
            }
        } catch (IOException e) {
            return withoutSpool(event, e);
        }
    }

    private void append(QueuedEvent event, byte[] payload) throws IOException {
        AppendResult appended = spool.append(payload, background.now().toEpochMilli(), hasRoom(event));
        if (appended.read()) {
            memory.add(event.at(appended.sequence()));
        }
    }

    private boolean hasRoom(QueuedEvent event) {
        return records.isEmpty() && !memory.isFullFor(event, bounds.maxEvents(), bounds.maxSize().asLongValue());
    }

    /** Rejects the event if it must be on disk to be accepted; otherwise keeps it in memory if possible. */
    private DropReason withoutSpool(QueuedEvent event, IOException failure) {
        log.failed("could not write an event to its spool; check the disk of the spool directory", failure);
        if (config.fsync() == Fsync.ALWAYS || !hasRoom(event)) {
            return DropReason.SPOOL_FAILED;
        }
        memory.add(event);
        return null;
    }

    private DropReason forced() {
        try {
            if (config.fsync() == Fsync.ALWAYS) {
                spool.force();
            } else if (config.fsync() == Fsync.INTERVAL && forcing.compareAndSet(false, true)) {
                background.after(config.fsyncInterval(), this::forceOnWorker);
            }
            return null;
        } catch (IOException e) {
            // The event may still be sent, but must not be reported as accepted
            log.failed("could not force its spool to the disk; check the disk of the spool directory", e);
            return DropReason.SPOOL_FAILED;
        }
    }

    private void forceOnWorker() {
        try {
            background.work(this::force);
        } catch (RejectedExecutionException e) {
            // All workers are busy; the next event, or closing the queue, forces the spool
            forcing.set(false);
        }
    }

    private void force() {
        forcing.set(false);
        try {
            spool.force();
        } catch (IOException e) {
            if (!isClosed()) {
                log.failed("could not force its spool to the disk; check the disk of the spool directory", e);
            }
        }
    }

    private boolean isClosed() {
        lock.lock();
        try {
            return closed;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public List<QueuedEvent> take(int most) {
        long lost;
        long tooOld;
        List<QueuedEvent> taken;
        lock.lock();
        try {
            long before = waiting();
            if (memory.size() < most && !closed) {
                load(most - memory.size());
            }
            tooOld = expired;
            expired = 0;
            lost = before - waiting() - tooOld;
            taken = memory.take(most);
        } finally {
            lock.unlock();
        }
        if (lost > 0) {
            losses.lost(lost, DropReason.SPOOL_FAILED, "the file is damaged");
        }
        if (tooOld > 0) {
            losses.lost(tooOld, DropReason.EXPIRED, null);
        }
        return taken;
    }

    private long waiting() {
        return memory.size() + records.size() + spool.unread();
    }

    private void load(int most) {
        try {
            if (records.isEmpty()) {
                records.addAll(spool.read(most, READ_BYTES));
            }
        } catch (IOException e) {
            // Tried again later; the events in memory are taken first
            if (memory.isEmpty()) {
                throw new UncheckedIOException(e);
            }
            log.failed("could not read its spool, and tries again later; check the disk of the spool directory", e);
        }
        while (!records.isEmpty()) {
            try {
                memory.add(format.read(records.peek()));
            } catch (IOException e) {
                log.failed("could not read an event from its spool, and skips the event", e);
            }
            // Not before: after a failure of another cause, such as lack of memory, the event must be read again
            records.remove();
        }
    }

    @Override
    public void putBack(List<QueuedEvent> events) {
        lock.lock();
        try {
            memory.putBack(events);
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void done(long sequence) {
        if (done.getAndAccumulate(sequence, Math::max) < sequence && acknowledging.compareAndSet(false, true)) {
            try {
                background.work(this::acknowledge);
            } catch (RuntimeException | Error e) {
                // With the next ones, or when this is closed
                acknowledging.set(false);
            }
        }
    }

    private void acknowledge() {
        acknowledging.set(false);
        if (done.get() == QueuedEvent.NOT_SPOOLED) {
            return;
        }
        try {
            spool.acknowledge(done.get());
        } catch (IOException e) {
            // They are retried after a restart, and PostHog deduplicates them by their UUIDs
            if (!isClosed()) {
                log.failed("could not mark events in its spool as delivered; they may be delivered twice after a restart", e);
            }
        }
    }

    @Override
    public long size() {
        lock.lock();
        try {
            return waiting();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public long bytes() {
        lock.lock();
        try {
            return memory.bytes();
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
    public List<QueuedEvent> drain() {
        lock.lock();
        try {
            closed = true;
            return memory.take(Integer.MAX_VALUE);
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void close() {
        acknowledge();
        try {
            spool.close();
        } catch (IOException e) {
            log.failed("did not close its spool cleanly", e);
        }
    }

    /** Called when the spool is opened or read. */
    private final class Reader implements Spool.Listener {

        @Override
        public void damaged(Path file, long position, long skippedBytes) {
            CaptureLogger.LOG.warnf("PostHog's spool is damaged: %d bytes of %s can't be read; all other events are kept",
                    skippedBytes, file);
        }

        @Override
        public void expired(long sequence, long ageMillis) {
            expired++;
        }
    }
}
