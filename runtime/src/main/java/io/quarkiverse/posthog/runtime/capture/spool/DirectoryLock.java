package io.quarkiverse.posthog.runtime.capture.spool;

import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.StandardOpenOption;

import io.quarkiverse.posthog.runtime.files.PrivateFiles;

/**
 * Keeps a directory to one spool. There are two lock files, because on Unix a process loses its lock on a file as soon as
 * it closes that file anywhere: a second spool of the same process fails at the first one and never touches the second,
 * which is what other processes fail at.
 */
final class DirectoryLock implements Closeable {

    private final FileChannel withinProcess;
    private final FileChannel amongProcesses;

    private DirectoryLock(FileChannel withinProcess, FileChannel amongProcesses) {
        this.withinProcess = withinProcess;
        this.amongProcesses = amongProcesses;
    }

    static DirectoryLock acquire(SpoolDirectory directory) throws SpoolException {
        try {
            FileChannel withinProcess = lock(directory, "lock-process");
            try {
                return new DirectoryLock(withinProcess, lock(directory, "lock"));
            } catch (IOException e) {
                withinProcess.close();
                throw e;
            }
        } catch (SpoolException e) {
            throw e;
        } catch (IOException e) {
            throw new SpoolException("can't lock the directory " + directory + " of the spool: " + e, e);
        }
    }

    private static FileChannel lock(SpoolDirectory directory, String name) throws IOException {
        PrivateFiles.create(directory.file(name));
        FileChannel channel = PrivateFiles.open(directory.file(name), StandardOpenOption.WRITE);
        boolean locked = false;
        try {
            locked = channel.tryLock() != null;
        } catch (OverlappingFileLockException e) {
            // Another spool in this process has the lock
        } finally {
            if (!locked) {
                channel.close();
            }
        }
        if (!locked) {
            throw new SpoolException("the spool in " + directory + " is in use, by another process or by this one; "
                    + "each instance needs a directory of its own");
        }
        return channel;
    }

    @Override
    public void close() throws IOException {
        try (withinProcess) {
            amongProcesses.close();
        }
    }
}
