package io.quarkiverse.posthog.runtime.capture.spool;

import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.zip.CRC32C;

/** Finds the valid records of a segment, even between damaged data. */
final class SegmentReader implements Closeable {

    private static final int WINDOW = 64 * 1024;

    /** Records that are read as fast as their checksum is found otherwise. */
    private static final int SHORT = 1024;

    private final SpoolFile file;
    private final long first;

    /** What has been read of the file: so many bytes from there on. */
    private final ByteBuffer window = ByteBuffer.allocate(WINDOW);
    private long windowStart;
    private int windowLength;

    /** Bytes that were read in vain, because they only looked like records. */
    private long wasted;
    /** Used when that happens too often; otherwise null. */
    private RangeChecksums checksums;

    private long start;
    private int length;
    private long timestamp;
    private long sequence;

    /** @param first the least sequence number that a record of the segment can have */
    SegmentReader(SpoolFile file, long first) {
        this.file = file;
        this.first = first;
    }

    /**
     * Whether there is a valid record between the two positions; if so, the other methods describe it. The time is linear in
     * the size of the file, also for damaged files.
     */
    boolean find(long from, long limit) throws IOException {
        for (long at = from; at >= 0; at = nextMagic(at + 1, limit)) {
            if (isRecord(at, limit)) {
                start = at;
                return true;
            }
        }
        return false;
    }

    /** The beginning of the record; skipped bytes before it are damaged. */
    long start() {
        return start;
    }

    /** Where the next one should begin. */
    long end() {
        return start + RecordFormat.size(length);
    }

    int length() {
        return length;
    }

    long sequence() {
        return sequence;
    }

    long timestamp() {
        return timestamp;
    }

    byte[] payload() throws IOException {
        int from = index(start) + RecordFormat.OVERHEAD;
        if (from > 0 && from + length <= windowLength) {
            return Arrays.copyOfRange(window.array(), from, from + length);
        }
        byte[] payload = new byte[length];
        if (file.read(start + RecordFormat.OVERHEAD, payload, length) < length) {
            throw new EOFException("a record was cut off while it was read");
        }
        return payload;
    }

    private boolean isRecord(long at, long limit) throws IOException {
        if (!load(at, RecordFormat.OVERHEAD, limit) || !RecordFormat.hasMagic(window, index(at))
                || !RecordFormat.hasPossibleLength(window, index(at))) {
            return false;
        }
        length = RecordFormat.length(window, index(at));
        timestamp = RecordFormat.timestamp(window, index(at));
        sequence = RecordFormat.sequence(window, index(at));
        return at + RecordFormat.size(length) <= limit && sequence >= first && sequence <= SpoolDirectory.MAX_SEQUENCE
                && isIntact(at, RecordFormat.checksum(window, index(at)), limit);
    }

    private boolean isIntact(long at, int checksum, long limit) throws IOException {
        long from = at + RecordFormat.CHECKED;
        long to = at + RecordFormat.size(length);
        boolean isLong = to - from > SHORT;
        if (isLong && checksums != null && checksums.cover(from, to) && checksums.of(from, to) != checksum) {
            return false;
        }
        if (hasChecksum(from, to, limit, checksum)) {
            return true;
        }
        wasted += isLong ? to - at : 0;
        if (wasted > Math.max(WINDOW, limit - at)) {
            wasted = 0;
            checksums = new RangeChecksums(file, at, limit);
        }
        return false;
    }

    private boolean hasChecksum(long from, long to, long limit, int expected) throws IOException {
        CRC32C checksum = new CRC32C();
        for (long position = from; position < to;) {
            int part = (int) Math.min(WINDOW, to - position);
            if (!load(position, part, limit)) {
                return false;
            }
            checksum.update(window.array(), index(position), part);
            position += part;
        }
        return (int) checksum.getValue() == expected;
    }

    /** Where the next magic number is; -1 if there is none, or not enough after it for a record. */
    private long nextMagic(long from, long limit) throws IOException {
        long at = from;
        while (load(at, RecordFormat.OVERHEAD, limit)) {
            int end = windowLength - Integer.BYTES;
            for (int i = index(at); i <= end; i++) {
                if (window.get(i) == RecordFormat.FIRST_OF_MAGIC && RecordFormat.hasMagic(window, i)) {
                    return windowStart + i;
                }
            }
            at = windowStart + end + 1;
        }
        return -1;
    }

    private int index(long position) {
        return (int) (position - windowStart);
    }

    /** Brings so many bytes into the window; false if there are fewer. Never looks beyond the limit. */
    private boolean load(long at, int length, long limit) throws IOException {
        if (at + length > limit) {
            return false;
        }
        if (at < windowStart || at + length > windowStart + windowLength) {
            windowStart = at;
            windowLength = 0;
            windowLength = file.read(at, window.array(), (int) Math.min(window.capacity(), limit - at));
        }
        return length <= windowLength;
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
