package io.quarkiverse.posthog.runtime.capture.spool;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;

import io.quarkiverse.posthog.runtime.capture.spool.SpoolOptions.Fsync;

/**
 * A persistent log of records in a directory. Records are appended at the end, read in order, and acknowledged when they
 * are processed. Records that were not acknowledged are read again after a restart.
 * <p>
 * When an append returns, the record is passed to the operating system, so the end of the process loses no records. {@link
 * Fsync} determines which records a power failure can lose. Damage to a file affects the damaged records only, not later
 * ones. After a crash between processing and acknowledgment, a record is read twice.
 * <p>
 * Thread-safe. Methods exclude each other, but appending and reading continue while records are forced to the disk. An
 * interrupted thread does not affect others. Failures throw a {@link SpoolException}.
 */
public final class Spool implements Closeable {

    /** Is notified of damage to files, while the spool is locked. */
    public interface Listener {

        /** A part of a file can't be read; any records in it are lost. */
        void damaged(Path file, long position, long skippedBytes);
    }

    private interface Work<T> {
        T run() throws IOException;
    }

    private final ReentrantLock lock = new ReentrantLock();
    private final SpoolOptions options;
    private final DirectoryLock directoryLock;
    private final SegmentedLog log;
    private final GroupCommit forces = new GroupCommit(this::takeUnforced);
    private boolean closed;

    private Spool(SpoolOptions options, DirectoryLock directoryLock, SegmentedLog log) {
        this.options = options;
        this.directoryLock = directoryLock;
        this.log = log;
    }

    /**
     * Opens the spool of the directory; creates both if need be. All that is in it is read once, to find out what is
     * intact.
     *
     * @throws SpoolException if the directory can't be used, in particular because another spool uses it
     */
    public static Spool open(SpoolOptions options, InstantSource clock, Listener listener) throws SpoolException {
        return open(options, clock, listener, SpoolFile::new);
    }

    public static Spool open(SpoolOptions options, InstantSource clock, Listener listener, SpoolFile.Opener opener)
            throws SpoolException {
        SpoolDirectory directory = new SpoolDirectory(options.directory());
        directory.create();
        DirectoryLock directoryLock = DirectoryLock.acquire(directory);
        SegmentedLog log = new SegmentedLog(directory, options, clock, listener, opener);
        boolean recovered = false;
        try {
            log.recover(listener);
            recovered = true;
        } catch (IOException e) {
            throw failed("open", options, e);
        } finally {
            if (!recovered) {
                close(options, directoryLock, log);
            }
        }
        return new Spool(options, directoryLock, log);
    }

    /**
     * Writes a record at the end.
     *
     * @param timestampMillis from which its age counts
     * @return its sequence number, which is higher than any before, also across restarts
     * @throws SpoolFullException if the spool would become larger than it may be
     * @throws SpoolException if the record can't be written; then nothing of it stays. With {@link Fsync#ALWAYS}, also if
     *         it can't be forced to the disk; then it may stay, and be read sometime.
     */
    public long append(byte[] payload, long timestampMillis) throws SpoolException {
        return append(payload, timestampMillis, false, false).sequence();
    }

    /**
     * Writes a record at the end, which the caller may keep as well: if the spool has been read up to there, the read
     * cursor moves past the record, and it is not read again. Otherwise it has to wait for its turn.
     *
     * @param alreadyRead whether the caller keeps it
     * @param dropOldest whether to drop the oldest segments if the spool is full
     */
    public AppendResult append(byte[] payload, long timestampMillis, boolean alreadyRead, boolean dropOldest)
            throws SpoolException {
        AppendResult appended = whileOpen("write to", () -> log.append(payload, timestampMillis, alreadyRead, dropOldest));
        if (options.fsync() == Fsync.ALWAYS) {
            force(appended.sequence());
        }
        return appended;
    }

    /**
     * The next records, in order. The read cursor moves past them, and past those that are damaged or too old. After a
     * failure it is where it was.
     *
     * @param maxBytes of all payloads together; a first record that is larger is returned alone
     */
    public ReadResult read(int maxRecords, long maxBytes) throws SpoolException {
        return whileOpen("read", () -> log.read(maxRecords, maxBytes));
    }

    /** The record and all before it are done with. Segments with nothing else in them are deleted. */
    public void acknowledge(long upTo) throws SpoolException {
        whileOpen("write to", () -> {
            log.acknowledge(upTo);
            return null;
        });
    }

    /**
     * Makes room: deletes the oldest segment with all the records in it, be they read or not.
     *
     * @return how many of them were not acknowledged
     */
    public long dropOldest() throws SpoolException {
        return whileOpen("write to", log::dropOldest);
    }

    /** Forces to the disk what was appended since it was last done. To be called regularly with {@link Fsync#INTERVAL}. */
    public void force() throws SpoolException {
        force(count(log::lastSequence));
    }

    private void force(long upTo) throws SpoolException {
        try {
            forces.upTo(upTo);
        } catch (IOException e) {
            throw failed("write to", options, e);
        }
    }

    private PendingSync takeUnforced() {
        lock.lock();
        try {
            return log.takeUnforced();
        } finally {
            lock.unlock();
        }
    }

    /** How many records there are that were not acknowledged. */
    public long unacknowledged() {
        return count(log::unacknowledged);
    }

    /** How many records there are after the read cursor. */
    public long unread() {
        return count(log::unread);
    }

    /** The size of the segments on disk, including acknowledged records in segments that are not deleted yet. */
    public long bytes() {
        return count(log::bytes);
    }

    /**
     * Forces to the disk what was appended, except with {@link Fsync#NEVER}, and lets another spool have the directory.
     * Nothing can be appended or read afterwards.
     */
    @Override
    public void close() throws SpoolException {
        if (!markClosed()) {
            return;
        }
        try {
            if (options.fsync() != Fsync.NEVER) {
                force();
            }
        } finally {
            lock.lock();
            try {
                close(options, directoryLock, log);
            } finally {
                lock.unlock();
            }
        }
    }

    private boolean markClosed() {
        lock.lock();
        try {
            boolean wasOpen = !closed;
            closed = true;
            return wasOpen;
        } finally {
            lock.unlock();
        }
    }

    private static void close(SpoolOptions options, DirectoryLock directoryLock, SegmentedLog log) throws SpoolException {
        try (directoryLock) {
            log.close();
        } catch (IOException e) {
            throw failed("close", options, e);
        }
    }

    private long count(LongSupplier what) {
        lock.lock();
        try {
            return what.getAsLong();
        } finally {
            lock.unlock();
        }
    }

    private <T> T whileOpen(String doing, Work<T> work) throws SpoolException {
        lock.lock();
        try {
            if (closed) {
                throw new SpoolException("the spool in " + options.directory() + " is closed");
            }
            return work.run();
        } catch (IOException e) {
            throw failed(doing, options, e).dropped(log.takeDropped());
        } finally {
            lock.unlock();
        }
    }

    private static SpoolException failed(String doing, SpoolOptions options, IOException e) {
        return e instanceof SpoolException known ? known
                : new SpoolException("can't " + doing + " the spool in " + options.directory() + ": " + e.getMessage(), e);
    }
}
