package io.quarkiverse.posthog.runtime.capture.spool;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.zip.CRC32C;

/**
 * The last record that is done with, in a file of its own. It is never forced: an old position means that some records
 * come again after a power failure, which does no harm.
 */
final class AcknowledgedPosition implements Closeable {

    private static final int SIZE = Long.BYTES + Integer.BYTES;

    private final Path path;
    private final SpoolFile.Opener opener;
    private SpoolFile file;
    private long sequence;

    AcknowledgedPosition(SpoolDirectory directory, SpoolFile.Opener opener) {
        this.path = directory.file("acknowledged");
        this.opener = opener;
    }

    /** If the file is missing or damaged, nothing has been acknowledged. */
    void recover(Spool.Listener listener) throws IOException {
        file = opener.open(path);
        ByteBuffer content = ByteBuffer.allocate(SIZE);
        int read = file.read(0, content.array(), SIZE);
        long stored = content.getLong();
        if (read == SIZE && stored >= 0 && stored <= SpoolDirectory.MAX_SEQUENCE && content.getInt() == checksum(content)) {
            sequence = stored;
        } else if (read > 0) {
            listener.damaged(path, 0, read);
        }
    }

    long get() {
        return sequence;
    }

    /** Only ever goes forward. */
    void advance(long upTo) throws IOException {
        if (upTo > sequence) {
            sequence = upTo;
            ByteBuffer content = ByteBuffer.allocate(SIZE).putLong(upTo);
            content.putInt(checksum(content));
            file.write(0, content.array(), SIZE);
        }
    }

    private static int checksum(ByteBuffer content) {
        CRC32C checksum = new CRC32C();
        checksum.update(content.array(), 0, Long.BYTES);
        return (int) checksum.getValue();
    }

    @Override
    public void close() throws IOException {
        if (file != null) {
            file.close();
        }
    }
}
