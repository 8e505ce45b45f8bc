package io.quarkiverse.posthog.runtime.capture.spool;

import java.io.Closeable;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Path;
import java.util.concurrent.locks.ReentrantLock;

import io.quarkiverse.posthog.runtime.files.PrivateFiles;

/**
 * A file of the spool. Not a {@code FileChannel}, which is closed for all threads when one that uses it is
 * interrupted, and records are appended by threads of the application, which may well be.
 */
class SpoolFile implements Closeable {

    /** Opens a file for reading and writing, and creates it if need be. */
    interface Opener {
        SpoolFile open(Path path) throws IOException;
    }

    private final RandomAccessFile file;

    /** Forcing happens outside the lock of the spool, and the descriptor must stay what it is meanwhile. */
    private final ReentrantLock descriptor = new ReentrantLock();
    private boolean closed;

    SpoolFile(Path path) throws IOException {
        // RandomAccessFile follows symbolic links, but no other user can create one in the directory after this check
        PrivateFiles.create(path);
        this.file = new RandomAccessFile(path.toFile(), "rw");
    }

    void write(long position, byte[] bytes, int length) throws IOException {
        file.seek(position);
        file.write(bytes, 0, length);
    }

    /** Reads as much as there is, and returns how much that was. */
    int read(long position, byte[] bytes, int length) throws IOException {
        file.seek(position);
        int total = 0;
        int read = 0;
        while (read >= 0 && total < length) {
            total += read;
            read = file.read(bytes, total, length - total);
        }
        return total;
    }

    long size() throws IOException {
        return file.length();
    }

    void truncate(long size) throws IOException {
        file.setLength(size);
    }

    /** Does nothing once the file is closed: then it was forced before, or is deleted. */
    void force() throws IOException {
        descriptor.lock();
        try {
            if (!closed) {
                file.getFD().sync();
            }
        } finally {
            descriptor.unlock();
        }
    }

    @Override
    public void close() throws IOException {
        descriptor.lock();
        try {
            closed = true;
            file.close();
        } finally {
            descriptor.unlock();
        }
    }
}
