package io.quarkiverse.posthog.runtime.capture.spool;

import java.io.Closeable;
import java.io.IOException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

/** How far the spool has been read. */
final class ReadCursor implements Closeable {

    private final Segments segments;
    private final SpoolOptions options;
    private final SpoolFile.Opener opener;
    private final InstantSource clock;
    private final Spool.Listener listener;

    /** All records up to this one are read, or skipped. */
    private long last;
    private Segment segment;
    private long position;
    private SegmentReader reader;

    ReadCursor(Segments segments, SpoolOptions options, SpoolFile.Opener opener, InstantSource clock,
            Spool.Listener listener) {
        this.segments = segments;
        this.options = options;
        this.opener = opener;
        this.clock = clock;
        this.listener = listener;
    }

    /** At the first record that was not acknowledged. */
    void start(long acknowledged) {
        last = segments.countAfter(acknowledged) == 0 ? segments.next() - 1 : acknowledged;
        segment = segments.first();
        position = segment.start();
    }

    long last() {
        return last;
    }

    boolean isAtEnd() {
        return last == segments.next() - 1;
    }

    /** Moves past all records. */
    void moveToEnd() throws IOException {
        moveTo(segments.last(), segments.last().end(), segments.next() - 1);
    }

    /** Past the record, if it isn't already. */
    void skipTo(long sequence) {
        last = Math.max(last, sequence);
    }

    /** Out of a segment that is going to be deleted. */
    void leave(Segment left) throws IOException {
        if (segment == left) {
            Segment next = segments.after(left);
            moveTo(next, next.start(), last);
        }
    }

    /** The next records; after a failure the cursor is where it was. */
    Records read(int maxRecords, long maxBytes) throws IOException {
        Segment segmentBefore = segment;
        long positionBefore = position;
        long lastBefore = last;
        Records records = null;
        try {
            records = collect(maxRecords, maxBytes);
            return records;
        } finally {
            if (records == null) {
                moveTo(segmentBefore, positionBefore, lastBefore);
            }
        }
    }

    private Records collect(int maxRecords, long maxBytes) throws IOException {
        List<SpoolRecord> records = new ArrayList<>();
        long bytes = 0;
        long expired = 0;
        while (records.size() < maxRecords && find()) {
            if (isExpired()) {
                expired++;
            } else {
                bytes += reader.length();
                if (!records.isEmpty() && bytes > maxBytes) {
                    break;
                }
                records.add(new SpoolRecord(reader.sequence(), reader.payload()));
            }
            last = reader.sequence();
            position = reader.end();
        }
        return new Records(records, expired);
    }

    /** Goes to where the next record begins, if necessary in another segment; false if there is none. */
    private boolean find() throws IOException {
        while (true) {
            while (position < segment.end() && reader().find(position, segment.end())) {
                skipDamage(reader.start());
                if (reader.sequence() > last) {
                    return true;
                }
                position = reader.end();
            }
            skipDamage(segment.end());
            if (segment == segments.last()) {
                last = segments.next() - 1;
                return false;
            }
            last = Math.max(last, segment.last());
            leave(segment);
        }
    }

    private boolean isExpired() {
        return options.maxAge() != null && clock.millis() - reader.timestamp() > options.maxAge().toMillis();
    }

    private void skipDamage(long to) {
        if (to > position) {
            listener.damaged(segment.path(), position, to - position);
            position = to;
        }
    }

    private SegmentReader reader() throws IOException {
        if (reader == null) {
            reader = new SegmentReader(opener.open(segment.path()), segment.first());
        }
        return reader;
    }

    private void moveTo(Segment toSegment, long toPosition, long toLast) throws IOException {
        SegmentReader left = reader;
        boolean leaves = toSegment != segment && left != null;
        segment = toSegment;
        position = toPosition;
        last = toLast;
        if (leaves) {
            reader = null;
            left.close();
        }
    }

    @Override
    public void close() throws IOException {
        if (reader != null) {
            reader.close();
        }
    }

    /**
     * Records from the cursor on.
     *
     * @param expired the number of records that were skipped because they are too old
     */
    record Records(List<SpoolRecord> records, long expired) {
    }
}
