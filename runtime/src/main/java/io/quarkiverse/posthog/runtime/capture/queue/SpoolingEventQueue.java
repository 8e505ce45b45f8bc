package io.quarkiverse.posthog.runtime.capture.queue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;

import io.quarkiverse.posthog.capture.DropReason;
import io.quarkiverse.posthog.runtime.background.AccountExecutor;
import io.quarkiverse.posthog.runtime.background.CoalescingTask;
import io.quarkiverse.posthog.runtime.capture.event.QueuedEvent;
import io.quarkiverse.posthog.runtime.capture.log.CaptureLogger;
import io.quarkiverse.posthog.runtime.capture.spool.AppendResult;
import io.quarkiverse.posthog.runtime.capture.spool.ReadResult;
import io.quarkiverse.posthog.runtime.capture.spool.Spool;
import io.quarkiverse.posthog.runtime.capture.spool.SpoolException;
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
public final class SpoolingEventQueue implements EventQueue {

    /** The number of bytes to read at a time. Nothing can be added meanwhile. */
    private static final long READ_BYTES = 1 << 20;

    private final SpoolConfig config;
    private final QueueConfig bounds;
    private final SpooledEventCodec format;
    private final AccountExecutor background;
    private final CaptureLogger log;
    private final Spool spool;

    private final ReentrantLock lock = new ReentrantLock();
    private final EventBuffer memory = new EventBuffer();
    /** Records that are read but not decoded yet; empty unless decoding failed for a reason other than the record. */
    private final Deque<SpoolRecord> records = new ArrayDeque<>();
    private final CoalescingTask forcing;
    private final CoalescingTask acknowledging;
    private final AtomicLong done = new AtomicLong(QueuedEvent.NOT_SPOOLED);
    /** The events that were lost when the spool was read, and not returned by {@link #take} yet. */
    private long damaged;
    private long expired;
    private final QueueLevel level = new QueueLevel();
    private long offered;
    private boolean closed;

    /** @throws IOException if the directory can't be used; its message contains the reason */
    public SpoolingEventQueue(Path directory, SpoolConfig config, QueueConfig bounds, SpooledEventCodec format,
            AccountExecutor background,
            CaptureLogger log) throws IOException {
        this.config = config;
        this.bounds = bounds;
        this.format = format;
        this.background = background;
        this.log = log;
        this.forcing = new CoalescingTask(background, this::force);
        this.acknowledging = new CoalescingTask(background, this::acknowledgeDone);
        this.spool = SpoolFactory.open(directory, config, SpoolingEventQueue::logDamage);
        this.offered = spool.unread();
        updateLevel();
    }

    @Override
    public OfferResult offer(QueuedEvent event) {
        byte[] payload = format.write(event);
        OfferResult result;
        lock.lock();
        try {
            if (closed) {
                return OfferResult.rejected(DropReason.CLOSED);
            }
            result = add(event, payload);
            offered += result.isRejected() ? 0 : 1;
        } finally {
            updateLevel();
            lock.unlock();
        }
        return result.isRejected() || isForced() ? result
                : new OfferResult(DropReason.SPOOL_FAILED, result.evicted(), result.lost());
    }

    private OfferResult add(QueuedEvent event, byte[] payload) {
        try {
            AppendResult appended = spool.append(payload, background.now().toEpochMilli(), hasRoom(event),
                    bounds.overflow() == Overflow.DROP_OLDEST);
            if (appended.read()) {
                memory.add(event.at(appended.sequence()));
            }
            return appended.dropped() == 0 ? OfferResult.ADDED : new OfferResult(null, List.of(), appended.dropped());
        } catch (SpoolException e) {
            DropReason rejection = e instanceof SpoolFullException ? DropReason.QUEUE_FULL : withoutSpool(event, e);
            return new OfferResult(rejection, List.of(), e.dropped());
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

    /** Whether the event is on disk, if it has to be before it is accepted. */
    private boolean isForced() {
        try {
            if (config.fsync() == Fsync.ALWAYS) {
                spool.force();
            } else if (config.fsync() == Fsync.INTERVAL) {
                // If it can't be scheduled, the next event, or closing the queue, forces the spool
                forcing.request(config.fsyncInterval());
            }
            return true;
        } catch (IOException e) {
            // The event may still be sent, but must not be reported as accepted
            log.failed("could not force its spool to the disk; check the disk of the spool directory", e);
            return false;
        }
    }

    private void force() {
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
    public TakeResult take(int max) {
        lock.lock();
        try {
            if (memory.size() < max && !closed) {
                load(max - memory.size());
            }
            TakeResult taken = new TakeResult(memory.take(max), damaged, expired);
            damaged = 0;
            expired = 0;
            return taken;
        } finally {
            updateLevel();
            lock.unlock();
        }
    }

    private void updateLevel() {
        level.update(offered, memory.size() + records.size() + spool.unread(), memory.bytes());
    }

    private void load(int max) {
        try {
            if (records.isEmpty()) {
                ReadResult read = spool.read(max, READ_BYTES);
                damaged += read.damaged();
                expired += read.expired();
                records.addAll(read.records());
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
                damaged++;
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
            updateLevel();
            lock.unlock();
        }
    }

    @Override
    public void acknowledge(long sequence) {
        if (done.getAndAccumulate(sequence, Math::max) < sequence) {
            acknowledging.request();
        }
    }

    private void acknowledgeDone() {
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
    public QueueLevel level() {
        return level;
    }

    @Override
    public List<QueuedEvent> drain() {
        lock.lock();
        try {
            closed = true;
            return memory.take(Integer.MAX_VALUE);
        } finally {
            updateLevel();
            lock.unlock();
        }
    }

    @Override
    public void close() {
        acknowledgeDone();
        try {
            spool.close();
        } catch (IOException e) {
            log.failed("did not close its spool cleanly", e);
        }
    }

    private static void logDamage(Path file, long position, long skippedBytes) {
        CaptureLogger.LOG.warnf("PostHog's spool is damaged: %d bytes of %s can't be read; all other events are kept",
                skippedBytes, file);
    }
}
