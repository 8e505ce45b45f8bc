package io.quarkiverse.posthog.runtime.capture.spool;

import java.io.IOException;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/**
 * Forces written records to the disk. While one thread does this, others can write; the next thread then forces the
 * records of all of them.
 */
final class GroupCommit {

    private final ReentrantLock lock = new ReentrantLock();
    private final Supplier<PendingSync> written;
    private long forced;

    /** Records between the two may be lost: after a failure, the system drops the pages, and forcing them again succeeds. */
    private long lostAfter;
    private long lostUpTo;

    /** @param written supplies the files that were written since the last call */
    GroupCommit(Supplier<PendingSync> written) {
        this.written = written;
    }

    /** Returns when the record and all before it are on the disk. */
    void upTo(long sequence) throws IOException {
        lock.lock();
        try {
            if (sequence > lostAfter && sequence <= lostUpTo) {
                throw new IOException("the records could not be forced to the disk");
            }
            if (sequence > forced) {
                force(written.get());
            }
        } finally {
            lock.unlock();
        }
    }

    private void force(PendingSync batch) throws IOException {
        try {
            batch.sync();
        } catch (IOException e) {
            lostAfter = lostUpTo > forced ? lostAfter : forced;
            lostUpTo = batch.lastSequence();
            throw e;
        }
        forced = batch.lastSequence();
    }
}
