package io.quarkiverse.posthog.runtime.capture.spool;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.TreeMap;

import io.quarkiverse.posthog.runtime.files.PrivateFiles;

/** The segments of a spool in order; records are appended to the last of them. */
final class Segments implements Closeable {

    /** Longer records are encoded in a buffer that is not kept. */
    private static final int BUFFER = 64 * 1024;

    private final SpoolDirectory directory;
    private final SpoolOptions options;
    private final SpoolFile.Opener opener;
    private final TreeMap<Long, Segment> segments = new TreeMap<>();
    private final ByteBuffer buffer = ByteBuffer.allocate(BUFFER);

    /** Segments that are full, but still have to be forced to the disk. */
    private List<SpoolFile> unforced = new ArrayList<>();
    private boolean renewed;
    private long next;
    private long bytes;

    Segments(SpoolDirectory directory, SpoolOptions options, SpoolFile.Opener opener) {
        this.directory = directory;
        this.options = options;
        this.opener = opener;
    }

    /** Takes up what is in the directory. */
    void recover(long acknowledged, Spool.Listener listener) throws IOException {
        next = acknowledged + 1;
        for (Iterator<Long> names = usable(listener).iterator(); names.hasNext();) {
            Segment segment = Segment.recover(directory, names.next(), !names.hasNext(), maxSize(), opener, listener);
            add(segment);
            next = Math.max(next, segment.last() + 1);
            if (names.hasNext()) {
                segment.close();
            }
        }
        if (segments.isEmpty()) {
            add(Segment.create(directory.segment(next), next, opener));
        }
    }

    /** Of a segment: either it is not full, or it has a single record. */
    private long maxSize() {
        return Math.max(options.segmentBytes(), SegmentHeader.SIZE + RecordFormat.size(RecordFormat.MAX_PAYLOAD));
    }

    /** Skips symbolic links, directories and absurd numbers, and does not use their names for new segments. */
    private List<Long> usable(Spool.Listener listener) throws IOException {
        List<Long> usable = new ArrayList<>();
        for (long first : directory.segments()) {
            Path path = directory.segment(first);
            if (first <= SpoolDirectory.MAX_SEQUENCE && PrivateFiles.isRegular(path)) {
                usable.add(first);
            } else {
                listener.damaged(path, 0,
                        Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS).size());
                next = first <= SpoolDirectory.MAX_SEQUENCE ? Math.max(next, first + 1) : next;
            }
        }
        return usable;
    }

    /** The number of the next record. */
    long next() {
        return next;
    }

    long bytes() {
        return bytes;
    }

    Segment first() {
        return segments.firstEntry().getValue();
    }

    /** The one that records are appended to. */
    Segment last() {
        return segments.lastEntry().getValue();
    }

    Segment after(Segment segment) {
        return segments.higherEntry(segment.first()).getValue();
    }

    long countAfter(long sequence) {
        return segments.values().stream().mapToLong(segment -> segment.countAfter(sequence)).sum();
    }

    /** Whether a record of that size can be appended without the spool becoming larger than it may be. */
    boolean hasRoomFor(int size) {
        return bytes + size + (needsAnother(size) ? SegmentHeader.SIZE : 0) <= options.maxBytes();
    }

    private boolean needsAnother(int size) {
        return !last().isEmpty() && last().end() + size > options.segmentBytes();
    }

    long append(long timestamp, byte[] payload) throws IOException {
        int size = RecordFormat.size(payload.length);
        if (needsAnother(size)) {
            roll();
        }
        ByteBuffer record = size <= BUFFER ? buffer : ByteBuffer.allocate(size);
        RecordFormat.encode(record, next, timestamp, payload);
        last().append(next, record, size);
        bytes += size;
        return next++;
    }

    /** Begins another segment. */
    void roll() throws IOException {
        Segment full = last();
        add(Segment.create(directory.segment(next), next, opener));
        if (options.fsync() == SpoolOptions.Fsync.NEVER) {
            full.close();
        } else {
            unforced.add(full.file());
        }
    }

    void deleteFirst() throws IOException {
        Segment first = first();
        first.close();
        Files.deleteIfExists(first.path());
        segments.remove(first.first());
        bytes -= first.end();
        renewed = true;
    }

    /** Returns the files to force to the disk. The caller must force them, because they are not returned again. */
    PendingSync takeUnforced() {
        PendingSync taken = new PendingSync(next - 1, unforced, last().file(), directory, renewed);
        unforced = new ArrayList<>();
        renewed = false;
        return taken;
    }

    private void add(Segment segment) {
        segments.put(segment.first(), segment);
        bytes += segment.end();
        renewed = true;
    }

    @Override
    public void close() throws IOException {
        for (SpoolFile file : unforced) {
            file.close();
        }
        if (!segments.isEmpty()) {
            last().close();
        }
    }
}
