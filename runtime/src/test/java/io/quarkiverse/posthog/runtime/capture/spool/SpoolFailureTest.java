package io.quarkiverse.posthog.runtime.capture.spool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The disk is full, or broken. */
class SpoolFailureTest extends SpoolFixture {

    /** How many more bytes can be written. */
    private long room = Long.MAX_VALUE;
    private boolean truncateFails;
    private boolean readFails;

    private final class BadDisk extends SpoolFile {

        BadDisk(Path path) throws IOException {
            super(path);
        }

        @Override
        void write(long position, byte[] bytes, int length) throws IOException {
            int written = (int) Math.min(room, length);
            room -= written;
            super.write(position, bytes, written);
            if (written < length) {
                throw new IOException("No space left on device");
            }
        }

        @Override
        void truncate(long size) throws IOException {
            if (truncateFails) {
                throw new IOException("can't truncate");
            }
            super.truncate(size);
        }

        @Override
        int read(long position, byte[] bytes, int length) throws IOException {
            if (readFails) {
                throw new IOException("can't read");
            }
            return super.read(position, bytes, length);
        }
    }

    private void openOnBadDisk(SpoolOptions options) throws IOException {
        closeSpool();
        spool = Spool.open(options, clock, this, BadDisk::new);
    }

    @ParameterizedTest
    @ValueSource(booleans = { false, true })
    void aRecordThatDoesNotFitOnTheDiskLeavesNothingBehind(boolean truncateFails) throws IOException {
        openOnBadDisk(options(LARGE, LARGE));
        append("a");
        for (room = 0; room < 40;) {
            long before = room;
            this.truncateFails = truncateFails;
            assertThatExceptionOfType(SpoolException.class).isThrownBy(() -> append("does not fit"))
                    .isNotInstanceOf(SpoolFullException.class)
                    .withMessageContaining(directory.toString()).withMessageContaining("No space left on device");
            if (!truncateFails) {
                assertThat(Files.size(onlySegment())).isEqualTo(spool.bytes());
            }
            room = before + 1;
        }
        this.truncateFails = false;
        room = Long.MAX_VALUE;
        assertThat(append("b")).isEqualTo(2);
        assertThat(spool.unread()).isEqualTo(2);
        assertThat(read()).containsExactly("a", "b");
        append("c");
        openOnBadDisk(options(LARGE, LARGE));
        assertThat(read()).containsExactly("a", "b", "c");
    }

    @Test
    void whatIsLeftOfAFailureIsNotTakenForARecord() throws IOException {
        openOnBadDisk(options(LARGE, LARGE));
        append("a");
        room = 39;
        truncateFails = true;
        assertThatExceptionOfType(SpoolException.class).isThrownBy(() -> append("does not fit"));
        assertThat(read()).containsExactly("a");
        room = Long.MAX_VALUE;
        append("b");
        assertThat(read()).containsExactly("b");
        assertThat(damagedFiles).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = { 0, 10 })
    void aSegmentThatDoesNotFitOnTheDiskLeavesNothingBehind(int fits) throws IOException {
        openOnBadDisk(segmentsOf(2, 1));
        appendAll("a", "b");
        room = fits;
        assertThatExceptionOfType(SpoolException.class).isThrownBy(() -> append("c"));
        assertThat(segments()).hasSize(1);
        assertThat(spool.bytes()).isEqualTo(Files.size(onlySegment()));
        room = Long.MAX_VALUE;
        assertThat(append("c")).isEqualTo(3);
        assertThat(segments()).hasSize(2);
        assertThat(read()).containsExactly("a", "b", "c");
    }

    @Test
    void whatCouldNotBeReadIsReadLater() throws IOException {
        openOnBadDisk(segmentsOf(2, 1));
        appendAll("a", "b", "c", "d", "e");
        assertThat(read(1)).containsExactly("a");
        readFails = true;
        assertThatExceptionOfType(SpoolException.class).isThrownBy(this::read)
                .withMessageContaining(directory.toString()).withMessageContaining("can't read");
        assertThat(spool.unread()).isEqualTo(4);
        readFails = false;
        assertThat(read()).containsExactly("b", "c", "d", "e");
    }

    @Test
    void aPositionThatCannotBeWrittenIsWrittenNextTime() throws IOException {
        openOnBadDisk(options(LARGE, LARGE));
        appendAll("a", "b", "c");
        room = 0;
        assertThatExceptionOfType(SpoolException.class).isThrownBy(() -> spool.acknowledge(1));
        room = Long.MAX_VALUE;
        spool.acknowledge(2);
        openOnBadDisk(options(LARGE, LARGE));
        assertThat(read()).containsExactly("c");
    }

    @Test
    void aSpoolThatCannotBeOpenedDoesNotKeepTheDirectory() throws IOException {
        readFails = true;
        assertThatExceptionOfType(SpoolException.class).isThrownBy(() -> openOnBadDisk(options(LARGE, LARGE)))
                .withMessageContaining(directory.toString());
        open();
        append("a");
        assertThat(read()).containsExactly("a");
    }
}
