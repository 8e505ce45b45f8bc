package io.quarkiverse.posthog.runtime.capture.spool;

import java.nio.ByteBuffer;
import java.util.zip.CRC32C;

/** What a segment begins with: a magic number, the version of the format, the first sequence number, a checksum. */
final class SegmentHeader {

    static final int SIZE = 20;

    /** {@code SPOL}. */
    private static final int MAGIC = 0x53504F4C;
    private static final int VERSION = 1;
    private static final int CHECKED = SIZE - Integer.BYTES;

    private SegmentHeader() {
    }

    static byte[] encode(long first) {
        ByteBuffer header = ByteBuffer.allocate(SIZE).putInt(MAGIC).putInt(VERSION).putLong(first);
        return header.putInt(checksum(header.array())).array();
    }

    /**
     * Whether the header is intact. If not, the records are read nevertheless.
     *
     * @throws SpoolException if it is, but from a version whose records can't be read; they must not be taken for damaged
     */
    static boolean isIntact(byte[] bytes, SpoolDirectory directory) throws SpoolException {
        ByteBuffer header = ByteBuffer.wrap(bytes);
        if (header.getInt(0) != MAGIC || header.getInt(CHECKED) != checksum(bytes)) {
            return false;
        }
        if (header.getInt(Integer.BYTES) != VERSION) {
            throw new SpoolException("the spool in " + directory + " was written by another version of this extension, "
                    + "in a format that this one can't read; let that version send what is in it, or delete it");
        }
        return true;
    }

    private static int checksum(byte[] header) {
        CRC32C checksum = new CRC32C();
        checksum.update(header, 0, CHECKED);
        return (int) checksum.getValue();
    }
}
