package io.quarkiverse.posthog.runtime.capture.spool;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;

/**
 * Where a spool is and how it keeps its records.
 *
 * @param directory of this spool alone; it is created
 * @param fsync when records are forced to the disk
 * @param maxBytes how much the segments may take on the disk
 * @param segmentBytes when a segment is full; a fraction of {@code maxBytes}, because room is made by whole segments
 * @param maxAge how old a record may be when it is read; null for no limit
 */
public record SpoolOptions(Path directory, Fsync fsync, long maxBytes, long segmentBytes, Duration maxAge) {

    /**
     * When records are forced to the disk. A record is with the operating system as soon as it is appended, so whatever
     * happens to the process, {@code kill -9} included, nothing is lost with any of these. They differ in what a power
     * failure or a crash of the operating system may cost.
     */
    public enum Fsync {
        /** Before an append returns: nothing that was appended is lost. */
        ALWAYS,
        /** When {@link Spool#force()} is called: what came after the last call may be lost. */
        INTERVAL,
        /** When the operating system likes: the last half minute or so may be lost. */
        NEVER
    }

    public SpoolOptions {
        Objects.requireNonNull(directory, "directory");
        Objects.requireNonNull(fsync, "fsync");
        if (maxBytes < 1 || segmentBytes < 1) {
            throw new IllegalArgumentException("maxBytes and segmentBytes must be positive");
        }
        if (maxAge != null && (maxAge.isZero() || maxAge.isNegative())) {
            throw new IllegalArgumentException("maxAge must be positive, or null for no limit");
        }
    }
}
