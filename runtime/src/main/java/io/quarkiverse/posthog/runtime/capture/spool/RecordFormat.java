package io.quarkiverse.posthog.runtime.capture.spool;

import java.nio.ByteBuffer;
import java.util.zip.CRC32C;

/**
 * How a record is written: a magic number, the length of the payload, a checksum of all that follows, the timestamp, the
 * sequence number, the payload.
 */
final class RecordFormat {

    static final int OVERHEAD = 28;

    /** Prevents the allocation of gigabytes for a damaged length. */
    static final int MAX_PAYLOAD = 64 * 1024 * 1024;

    /** Begins with a byte that no UTF-8 text contains, so that what is text is not searched in vain. */
    static final int MAGIC = 0xFF53504C;

    static final byte FIRST_OF_MAGIC = (byte) (MAGIC >>> 24);

    private static final int LENGTH = 4;
    private static final int CHECKSUM = 8;
    private static final int TIMESTAMP = 12;
    /** Where that begins which the checksum covers; it reaches to the end of the record. */
    static final int CHECKED = TIMESTAMP;
    private static final int SEQUENCE = 20;

    private RecordFormat() {
    }

    static int size(int payload) {
        return OVERHEAD + payload;
    }

    static void encode(ByteBuffer target, long sequence, long timestamp, byte[] payload) {
        target.putInt(0, MAGIC).putInt(LENGTH, payload.length).putLong(TIMESTAMP, timestamp).putLong(SEQUENCE, sequence)
                .put(OVERHEAD, payload);
        CRC32C checksum = new CRC32C();
        checksum.update(target.array(), CHECKED, OVERHEAD - CHECKED + payload.length);
        target.putInt(CHECKSUM, (int) checksum.getValue());
    }

    static boolean hasMagic(ByteBuffer bytes, int at) {
        return bytes.getInt(at) == MAGIC;
    }

    /** Of the payload; to be trusted if the record is intact. */
    static int length(ByteBuffer bytes, int at) {
        return bytes.getInt(at + LENGTH);
    }

    static boolean hasPossibleLength(ByteBuffer bytes, int at) {
        int length = length(bytes, at);
        return length >= 0 && length <= MAX_PAYLOAD;
    }

    static int checksum(ByteBuffer bytes, int at) {
        return bytes.getInt(at + CHECKSUM);
    }

    static long timestamp(ByteBuffer bytes, int at) {
        return bytes.getLong(at + TIMESTAMP);
    }

    static long sequence(ByteBuffer bytes, int at) {
        return bytes.getLong(at + SEQUENCE);
    }
}
