package io.quarkiverse.posthog.runtime.capture.spool;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;

/** A part of the log, in a file of its own. */
final class Segment implements Closeable {

    private final Path path;
    private final long first;
    private final SequenceRanges sequences = new SequenceRanges();
    private final SpoolFile file;

    private long start;
    private long end;

    private Segment(Path path, long first, SpoolFile file) {
        this.path = path;
        this.first = first;
        this.file = file;
    }

    /** A new one. */
    static Segment create(Path path, long first, SpoolFile.Opener opener) throws IOException {
        Segment segment = new Segment(path, first, opener.open(path));
        try {
            segment.begin();
            return segment;
        } catch (IOException e) {
            segment.close();
            Files.deleteIfExists(path);
            throw e;
        }
    }

    /**
     * Opens an existing segment, and determines its records.
     *
     * @param last whether records will be appended; then what follows the last valid one is cut off
     * @param maxSize how large a segment can be; a larger file is not read to its end, which could take very long
     */
    static Segment recover(SpoolDirectory directory, long first, boolean last, long maxSize, SpoolFile.Opener opener,
            Spool.Listener listener) throws IOException {
        Path path = directory.segment(first);
        Segment segment = new Segment(path, first, opener.open(path));
        try {
            long valid = segment.scan(directory, maxSize);
            long size = segment.file.size();
            if (last && valid < size) {
                listener.damaged(path, valid, size - valid);
                segment.file.truncate(valid);
                segment.end = valid;
            }
            if (last && valid == 0) {
                segment.begin();
            }
            return segment;
        } catch (IOException | RuntimeException e) {
            segment.close();
            throw e;
        }
    }

    private void begin() throws IOException {
        file.truncate(0);
        file.write(0, SegmentHeader.encode(first), SegmentHeader.SIZE);
        start = SegmentHeader.SIZE;
        end = SegmentHeader.SIZE;
    }

    /** Returns where the last valid record ends. */
    private long scan(SpoolDirectory directory, long maxSize) throws IOException {
        byte[] header = new byte[SegmentHeader.SIZE];
        boolean intact = file.read(0, header, header.length) == header.length
                && SegmentHeader.isIntact(header, directory);
        start = intact ? SegmentHeader.SIZE : 0;
        end = Math.min(file.size(), maxSize);
        long valid = start;
        SegmentReader reader = new SegmentReader(file, first);
        while (reader.find(valid, end)) {
            sequences.add(reader.sequence());
            valid = reader.end();
        }
        return valid;
    }

    Path path() {
        return path;
    }

    long first() {
        return first;
    }

    boolean isEmpty() {
        return sequences.isEmpty();
    }

    /** The number of the last record; of the one before the segment if it has none. */
    long last() {
        return isEmpty() ? first - 1 : sequences.last();
    }

    long countAfter(long sequence) {
        return sequences.countAfter(sequence);
    }

    /** Where the records begin: after the header, if that is intact. */
    long start() {
        return start;
    }

    long end() {
        return end;
    }

    SpoolFile file() {
        return file;
    }

    /** Writes the whole record or nothing. */
    void append(long sequence, ByteBuffer record, int size) throws IOException {
        try {
            file.write(end, record.array(), size);
        } catch (IOException e) {
            cutTo(end, e);
            throw e;
        }
        sequences.add(sequence);
        end += size;
    }

    private void cutTo(long size, IOException cause) {
        try {
            file.truncate(size);
        } catch (IOException e) {
            // The next record overwrites what is left
            cause.addSuppressed(e);
        }
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
