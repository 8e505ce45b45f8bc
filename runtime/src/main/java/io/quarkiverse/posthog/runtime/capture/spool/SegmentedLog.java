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

    /** The last record that was read or kept by a caller, who will acknowledge it. */
    private long delivered;
    /** The records after the read cursor. */
    private long unread;
    /** The unread records that were dropped to make room, and not returned by {@link #append} yet. */
    private long dropped;
    /** The records that were skipped, and not returned by {@link #read} yet. */
    private long damaged;
    private long expired;

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
        countUnread();
    }

    AppendResult append(byte[] payload, long timestampMillis, boolean alreadyRead, boolean dropOldest)
            throws IOException {
        makeRoom(payload.length, dropOldest);
        boolean read = alreadyRead && cursor.isAtEnd();
        long sequence = segments.append(timestampMillis, payload);
        if (read) {
            cursor.moveToEnd();
            delivered = sequence;
        } else {
            unread++;
        }
        return new AppendResult(sequence, read, takeDropped());
    }

    private void makeRoom(int payload, boolean dropOldest) throws IOException {
        if (payload > RecordFormat.MAX_PAYLOAD
                || SegmentHeader.SIZE + RecordFormat.size(payload) > options.maxBytes()) {
            throw new SpoolException("a record of " + payload + " bytes is too large for the spool in "
                    + options.directory());
        }
        int size = RecordFormat.size(payload);
        if (!segments.hasRoomFor(size) && acknowledged.get() == lastSequence()) {
            deleteFirst();
        }
        while (!segments.hasRoomFor(size)) {
            if (!dropOldest) {
                throw new SpoolFullException("the spool in " + options.directory() + " is full, it may not exceed "
                        + options.maxBytes() + " bytes");
            }
            dropOldestUnread();
        }
    }

    private void dropOldestUnread() throws IOException {
        long before = unread;
        try {
            dropOldest();
        } finally {
            dropped += before - unread;
        }
    }

    /** Returns the number of dropped records once. */
    long takeDropped() {
        long taken = dropped;
        dropped = 0;
        return taken;
    }

    ReadResult read(int maxRecords, long maxBytes) throws IOException {
        long before = unread;
        ReadCursor.Records read = cursor.read(maxRecords, maxBytes);
        List<SpoolRecord> records = read.records();
        if (!records.isEmpty()) {
            delivered = records.get(records.size() - 1).sequence();
        }
        countUnread();
        expired += read.expired();
        damaged += before - unread - records.size() - read.expired();
        settle();
        ReadResult result = new ReadResult(records, damaged, expired);
        damaged = 0;
        expired = 0;
        return result;
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
        try {
            acknowledged.advance(upTo);
            cursor.skipTo(upTo);
            while (segments.first() != segments.last() && segments.first().last() <= acknowledged.get()) {
                cursor.leave(segments.first());
                segments.deleteFirst();
            }
        } finally {
            countUnread();
        }
    }

    /** Acknowledges skipped records once all records before them are acknowledged, because no reader does. */
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
        return unread;
    }

    private void countUnread() {
        unread = segments.countAfter(cursor.last());
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
            // Closes all of them, even if one fails
        }
    }
}
