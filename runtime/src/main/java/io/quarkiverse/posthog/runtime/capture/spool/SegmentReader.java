package io.quarkiverse.posthog.runtime.capture.spool;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;

/** Finds the valid records of a segment, whatever else there is between them. */
final class SegmentReader implements Closeable {

    private static final int WINDOW = 64 * 1024;

    private final SpoolFile file;
    private final long first;

    /** What has been read of the file: so many bytes from there on. */
    private ByteBuffer window = ByteBuffer.allocate(WINDOW);
    private long windowStart;
    private int windowLength;

    private long start;

    /** @param first the least sequence number that a record of the segment can have */
    SegmentReader(SpoolFile file, long first) {
        this.file = file;
        this.first = first;
    }

    /** Whether there is a valid record between the two positions; if so, the other methods tell about it. */
    boolean find(long from, long limit) throws IOException {
        for (long at = from; at >= 0; at = nextMagic(at + 1, limit)) {
            if (isRecord(at, limit)) {
                start = at;
                return true;
            }
        }
        return false;
    }

    /** Where it begins; what was skipped before it is damaged. */
    long start() {
        return start;
    }

    /** Where the next one should begin. */
    long end() {
        return start + RecordFormat.size(length());
    }

    int length() {
        return RecordFormat.length(window, index(start));
    }

    long sequence() {
        return RecordFormat.sequence(window, index(start));
    }

    long timestamp() {
        return RecordFormat.timestamp(window, index(start));
    }

    byte[] payload() {
        int from = index(start) + RecordFormat.OVERHEAD;
        return Arrays.copyOfRange(window.array(), from, from + length());
    }

    private boolean isRecord(long at, long limit) throws IOException {
        return load(at, RecordFormat.OVERHEAD, limit)
                && RecordFormat.hasMagic(window, index(at)) && RecordFormat.hasPossibleLength(window, index(at))
                && load(at, RecordFormat.size(RecordFormat.length(window, index(at))), limit)
                && RecordFormat.isIntact(window, index(at)) && RecordFormat.sequence(window, index(at)) >= first;
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
            if (length > window.capacity()) {
                window = ByteBuffer.allocate(length);
            }
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
