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
 * @param maxAge the maximum age of a record when it is read; null for no limit
 */
public record SpoolOptions(Path directory, Fsync fsync, long maxBytes, long segmentBytes, Duration maxAge) {

    /**
     * The time at which records are forced to the disk. With each of these, an appended record survives the end of the
     * process, including {@code kill -9}. They differ in the records that a power failure or a crash of the operating
     * system can lose.
     */
    public enum Fsync {
        /** Before an append returns. No appended record is lost. */
        ALWAYS,
        /** When {@link Spool#force()} is called. Later records can be lost. */
        INTERVAL,
        /** When the operating system decides. About the last 30 seconds can be lost. */
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
