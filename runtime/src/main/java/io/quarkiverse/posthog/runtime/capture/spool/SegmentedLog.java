package io.quarkiverse.posthog.runtime.capture.spool;

import java.io.Closeable;
import java.io.IOException;
import java.time.InstantSource;
import java.util.List;

/** The log of a {@link Spool}, for one thread at a time and in an exclusively used directory. */
final class SegmentedLog implements Closeable {

    private final SpoolOptions options;
    private final AcknowledgedPosition acknowledged;
    private final Segments segments;
    private final ReadCursor cursor;

    /** The last record that somebody was given, or keeps already, and will acknowledge. */
    private long delivered;

    SegmentedLog(SpoolDirectory directory, SpoolOptions options, InstantSource clock, Spool.Listener listener,
            SpoolFile.Opener opener) {
        this.options = options;
        this.acknowledged = new AcknowledgedPosition(directory, opener);
        this.segments = new Segments(directory, options, opener);
        this.cursor = new ReadCursor(segments, options, opener, clock, listener);
    }

    void recover(Spool.Listener listener) throws IOException {
        acknowledged.recover(listener);
        segments.recover(acknowledged.get(), listener);
        cursor.start(acknowledged.get());
        delivered = acknowledged.get();
        settle();
    }

    AppendResult append(byte[] payload, long timestampMillis, boolean alreadyRead) throws IOException {
        makeRoom(payload.length);
        boolean read = alreadyRead && cursor.isAtEnd();
        long sequence = segments.append(timestampMillis, payload);
        if (read) {
            cursor.moveToEnd();
            delivered = sequence;
        }
        return new AppendResult(sequence, read);
    }

    private void makeRoom(int payload) throws IOException {
        if (payload > RecordFormat.MAX_PAYLOAD
                || SegmentHeader.SIZE + RecordFormat.size(payload) > options.maxBytes()) {
            throw new SpoolException("a record of " + payload + " bytes is too large for the spool in "
                    + options.directory());
        }
        int size = RecordFormat.size(payload);
        if (!segments.hasRoomFor(size) && acknowledged.get() == lastSequence()) {
            deleteFirst();
        }
        if (!segments.hasRoomFor(size)) {
            throw new SpoolFullException("the spool in " + options.directory() + " is full, it may not exceed "
                    + options.maxBytes() + " bytes");
        }
    }

    List<SpoolRecord> read(int maxRecords, long maxBytes) throws IOException {
        List<SpoolRecord> records = cursor.read(maxRecords, maxBytes);
        if (!records.isEmpty()) {
            delivered = records.get(records.size() - 1).sequence();
        }
        settle();
        return records;
    }

    void acknowledge(long upTo) throws IOException {
        advance(Math.min(upTo, lastSequence()));
        settle();
    }

    long dropOldest() throws IOException {
        long before = unacknowledged();
        deleteFirst();
        long dropped = before - unacknowledged();
        settle();
        return dropped;
    }

    private void deleteFirst() throws IOException {
        if (segments.first() == segments.last() && !segments.last().isEmpty()) {
            segments.roll();
        }
        advance(segments.first().last());
    }

    private void advance(long upTo) throws IOException {
        acknowledged.advance(upTo);
        cursor.skipTo(upTo);
        while (segments.first() != segments.last() && segments.first().last() <= acknowledged.get()) {
            cursor.leave(segments.first());
            segments.deleteFirst();
        }
    }

    /** What was skipped is never acknowledged by anybody, so that is done here, once all before it is. */
    private void settle() throws IOException {
        if (acknowledged.get() >= delivered) {
            advance(cursor.last());
        }
    }

    long lastSequence() {
        return segments.next() - 1;
    }

    long unacknowledged() {
        return segments.countAfter(acknowledged.get());
    }

    long unread() {
        return segments.countAfter(cursor.last());
    }

    long bytes() {
        return segments.bytes();
    }

    PendingSync takeUnforced() {
        return segments.takeUnforced();
    }

    @Override
    public void close() throws IOException {
        try (acknowledged; segments; cursor) {
            // Each of them, whatever the others do
        }
    }
}
