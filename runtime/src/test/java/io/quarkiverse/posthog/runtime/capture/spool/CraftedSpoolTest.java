package io.quarkiverse.posthog.runtime.capture.spool;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.function.IntUnaryOperator;
import java.util.stream.Stream;
import java.util.zip.CRC32C;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A spool that was manipulated, or damaged in the worst way. */
class CraftedSpoolTest extends SpoolFixture {

    private static final int EIGHT_MEGABYTES = 8 << 20;
    /** Long enough for a busy machine, and far too short for reading the rest of the file for each header. */
    private static final int QUICK = 25;

    static Stream<Arguments> headers() {
        Random random = new Random(1);
        return Stream.of(
                headers("to the end", RecordFormat.OVERHEAD, at -> EIGHT_MEGABYTES - at - RecordFormat.OVERHEAD),
                headers("as long as possible", RecordFormat.OVERHEAD, at -> RecordFormat.MAX_PAYLOAD),
                headers("half of the rest", RecordFormat.OVERHEAD, at -> (EIGHT_MEGABYTES - at - 28) / 2),
                headers("anywhere", RecordFormat.OVERHEAD,
                        at -> random.nextInt(EIGHT_MEGABYTES - at - RecordFormat.OVERHEAD + 1)),
                headers("longer than the buffer", RecordFormat.OVERHEAD, at -> 70_000),
                headers("shorter than the buffer", RecordFormat.OVERHEAD, at -> 60_000),
                headers("one within the other", 2 * Integer.BYTES, at -> EIGHT_MEGABYTES - at - 28));
    }

    private static Arguments headers(String name, int distance, IntUnaryOperator length) {
        return Arguments.of(name, distance, length);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("headers")
    @Timeout(value = QUICK, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    @Tag("SPL-6")
    void corruptedHeadersDoNotDelayTheStart(String name, int distance, IntUnaryOperator length) throws IOException {
        ByteBuffer content = segment();
        while (content.remaining() >= RecordFormat.OVERHEAD) {
            int at = content.position();
            content.putInt(at, RecordFormat.MAGIC).putInt(at + 4, length.applyAsInt(at)).putLong(at + 20, 5);
            content.position(at + distance);
        }
        write(content);

        openLarge();
        append("later");

        assertThat(read()).containsExactly("later");
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("headers")
    @Timeout(value = QUICK, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    @Tag("SPL-6")
    void intactRecordsBetweenCorruptedHeadersAreRead(String name, int distance, IntUnaryOperator length)
            throws IOException {
        ByteBuffer content = segment();
        int intact = 0;
        while (content.remaining() >= 3 * RecordFormat.OVERHEAD) {
            int at = content.position();
            content.putInt(at, RecordFormat.MAGIC).putInt(at + 4, length.applyAsInt(at)).putLong(at + 20, 5);
            content.position(at + RecordFormat.OVERHEAD);
            content.put(record(++intact, "intact"));
        }
        write(content);

        openLarge();
        append("later");

        assertThat(spool.unread()).isEqualTo(intact + 1);
        assertThat(read(intact)).hasSize(intact).containsOnly("intact");
        assertThat(read()).containsExactly("later");
    }

    static Stream<Long> absurdNumbers() {
        return Stream.of(Long.MAX_VALUE, Long.MAX_VALUE - 1, Long.MAX_VALUE / 2, Long.MIN_VALUE, -1L,
                1_000_000_000_000_000_000L, 999_999_999_999_999_999L, 999_999_999_999_999_998L, (1L << 59) + 1);
    }

    @ParameterizedTest
    @MethodSource("absurdNumbers")
    @Tag("SPL-6")
    void anAbsurdNumberOfARecordCostsThatRecord(long number) throws IOException {
        write(segment().put(record(1, "first")).put(record(number, "absurd")).put(record(2, "second")));

        thenLaterRecordsAreKept("first", "second");
    }

    @ParameterizedTest
    @MethodSource("absurdNumbers")
    @Tag("SPL-6")
    void anAbsurdPositionIsIgnored(long number) throws IOException {
        write(segment().put(record(1, "first")).put(record(2, "second")));
        ByteBuffer position = ByteBuffer.allocate(12).putLong(number);
        CRC32C checksum = new CRC32C();
        checksum.update(position.array(), 0, 8);
        Files.write(directory.resolve("acknowledged"), position.putInt((int) checksum.getValue()).array());

        thenLaterRecordsAreKept("first", "second");
    }

    @ParameterizedTest
    @ValueSource(strings = { "00999999999999999999", "00999999999999999998", "00576460752303423489", "00999999999999999000" })
    @Tag("SPL-6")
    void aFileWithAnAbsurdNumberIsIgnored(String name) throws IOException {
        write(segment().put(record(1, "first")).put(record(2, "second")));
        Path absurd = Files.write(directory.resolve(name + ".spool"), record(Long.parseLong(name), "absurd"));

        thenLaterRecordsAreKept("first", "second");
        assertThat(absurd).exists();
        assertThat(damagedFiles).contains(absurd.getFileName().toString());
    }

    @ParameterizedTest
    @ValueSource(longs = { 1, 2, 3, 1000, 1L << 40, (1L << 59) - 1000 })
    void aSegmentMayBeginWithAnyOtherNumber(long number) throws IOException {
        Files.write(directory.resolve(String.format("%020d.spool", number)), new byte[0]);

        thenLaterRecordsAreKept();
    }

    private void thenLaterRecordsAreKept(String... before) throws IOException {
        List<String> expected = Stream.concat(Stream.of(before), Stream.of("later 1", "later 2", "later 3")).toList();
        open(segmentsOf(1, 7));
        appendAll("later 1", "later 2", "later 3");

        assertThat(read()).isEqualTo(expected);
        open();
        assertThat(read()).isEqualTo(expected);
        spool.acknowledge(Long.MAX_VALUE);
        append("at last");
        open();
        assertThat(read()).containsExactly("at last");
    }

    /** Sparse files, which take nothing on the disk. */
    @ParameterizedTest
    @ValueSource(longs = { 1, 2, 3 })
    @Timeout(value = QUICK, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    @Tag("SPL-6")
    void anEndlessFileDoesNotDelayTheStart(long number) throws IOException {
        open(segmentsOf(1, 1));
        appendAll("1", "2", "3");
        spool.close();
        try (FileChannel channel = FileChannel.open(directory.resolve(String.format("%020d.spool", number)),
                StandardOpenOption.WRITE)) {
            channel.write(ByteBuffer.wrap(new byte[1]), 1L << 41);
        }

        open(options(Long.MAX_VALUE, LARGE));
        append("later");

        assertThat(read()).containsExactly("1", "2", "3", "later");
        open(options(Long.MAX_VALUE, LARGE));
        assertThat(read()).containsExactly("1", "2", "3", "later");
        spool.acknowledge(4);
        assertThat(segments()).hasSize(1);
    }

    @Test
    @Tag("SPL-7")
    void allFilesAreForTheirOwner() throws IOException {
        Path spoolDirectory = directory.resolve("new");
        try (Spool other = Spool.open(new SpoolOptions(spoolDirectory, SpoolOptions.Fsync.ALWAYS, LARGE, 100, null), clock,
                this)) {
            for (int i = 0; i < 5; i++) {
                other.append(new byte[50], 0);
            }
            other.read(2, LARGE);
            other.acknowledge(2);
        }

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(spoolDirectory))).isEqualTo("rwx------");
        try (Stream<Path> files = Files.list(spoolDirectory)) {
            assertThat(files.toList()).hasSizeGreaterThan(4).allSatisfy(file -> assertThat(
                    PosixFilePermissions.toString(Files.getPosixFilePermissions(file))).isEqualTo("rw-------"));
        }
    }

    @Test
    @Tag("SPL-7")
    void aDirectoryThatOthersCanWriteToIsRejected() throws IOException {
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxrwx---"));

        assertThatThrownBy(this::open).isInstanceOf(SpoolException.class)
                .hasMessageContaining("other users can write to the directory " + directory)
                .hasMessageContaining("chmod 700 " + directory);
    }

    @ParameterizedTest
    @ValueSource(strings = { "lock", "lock-process", "acknowledged" })
    @Tag("SPL-7")
    void aLinkInsteadOfAFileIsNotFollowed(String name) throws IOException {
        Path target = Files.writeString(directory.resolve("target"), "content");
        Files.createSymbolicLink(directory.resolve(name), target);

        assertThatThrownBy(this::open).isInstanceOf(SpoolException.class)
                .hasMessageContaining(directory.resolve(name) + " is a symbolic link");
        assertThat(target).hasContent("content");
    }

    @Test
    @Tag("SPL-7")
    void aLinkInsteadOfASegmentIsNotFollowed() throws IOException {
        Path target = Files.write(directory.resolve("target"), record(1, "foreign"));
        for (int number : new int[] { 1, 2, 9 }) {
            Files.createSymbolicLink(directory.resolve(String.format("%020d.spool", number)), target);
        }
        Files.createDirectory(directory.resolve("00000000000000000010.spool"));

        thenLaterRecordsAreKept();
        assertThat(target).hasBinaryContent(record(1, "foreign"));
    }

    private void openLarge() throws IOException {
        open(options(10L * EIGHT_MEGABYTES, EIGHT_MEGABYTES));
    }

    private static ByteBuffer segment() {
        return ByteBuffer.allocate(EIGHT_MEGABYTES).put(SegmentHeader.encode(1));
    }

    private void write(ByteBuffer segment) throws IOException {
        Path path = directory.resolve("00000000000000000001.spool");
        byte[] content = new byte[segment.position()];
        segment.rewind().get(content);
        Files.write(path, content);
    }

    private static byte[] record(long sequence, String payload) {
        ByteBuffer record = ByteBuffer.allocate(RecordFormat.size(payload.length()));
        RecordFormat.encode(record, sequence, 0, payload.getBytes(UTF_8));
        return record.array();
    }
}
