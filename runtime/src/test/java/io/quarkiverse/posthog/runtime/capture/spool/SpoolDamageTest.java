package io.quarkiverse.posthog.runtime.capture.spool;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.IntStream;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is left of the records "first", "second", "third" when something happens to their file. */
class SpoolDamageTest extends SpoolFixture {

    private static final int FIRST = SegmentHeader.SIZE;
    private static final int SECOND = FIRST + RecordFormat.size("first".length());
    private static final int THIRD = SECOND + RecordFormat.size("second".length());
    private static final int END = THIRD + RecordFormat.size("third".length());

    private Path segment;
    private byte[] content;

    @BeforeEach
    void threeRecords() throws IOException {
        open();
        appendAll("first", "second", "third");
        spool.close();
        segment = onlySegment();
        content = Files.readAllBytes(segment);
        assertThat(content).hasSize(END);
    }

    static IntStream withinTheLastRecord() {
        return IntStream.range(THIRD, END);
    }

    static IntStream withinTheMiddleRecord() {
        return IntStream.range(SECOND, THIRD);
    }

    static IntStream withinTheHeader() {
        return IntStream.range(0, FIRST);
    }

    @ParameterizedTest
    @MethodSource("withinTheLastRecord")
    void aTornTailIsCutOff(int cut) throws IOException {
        Files.write(segment, Arrays.copyOf(content, cut));
        open();
        assertThat(damagedBytes).isEqualTo(cut - THIRD);
        assertThat(Files.size(segment)).isEqualTo(THIRD);
        assertThat(append("fourth")).isEqualTo(3);
        assertThat(spool.unread()).isEqualTo(3);
        assertThat(read()).containsExactly("first", "second", "fourth");
        damagedBytes = 0;
        open();
        assertThat(read()).containsExactly("first", "second", "fourth");
        assertThat(damagedBytes).isZero();
    }

    @ParameterizedTest
    @MethodSource("withinTheMiddleRecord")
    @Tag("SPL-3")
    void aFlippedByteCostsItsRecordOnly(int position) throws IOException {
        content[position] ^= 0x41;
        Files.write(segment, content);
        open();
        append("fourth");
        assertThat(spool.unread()).isEqualTo(3);
        assertThat(read()).containsExactly("first", "third", "fourth");
        assertThat(damagedBytes).isEqualTo(THIRD - SECOND);
        assertThat(damagedFiles).containsExactly(segment.getFileName().toString());
    }

    @ParameterizedTest
    @MethodSource("withinTheMiddleRecord")
    void soItDoesWhileTheSpoolIsOpen(int position) throws IOException {
        open();
        content[position] ^= 0x41;
        Files.write(segment, content);
        append("fourth");
        assertThat(read(1)).containsExactly("first");
        assertThat(read()).containsExactly("third", "fourth");
        assertThat(damagedBytes).isEqualTo(THIRD - SECOND);
        assertThat(spool.unread()).isZero();
        spool.acknowledge(4);
        assertThat(spool.unacknowledged()).isZero();
    }

    @ParameterizedTest
    @MethodSource("withinTheHeader")
    void aDamagedHeaderCostsNothing(int position) throws IOException {
        content[position] ^= 0x41;
        Files.write(segment, content);
        open();
        append("fourth");
        assertThat(read()).containsExactly("first", "second", "third", "fourth");
        assertThat(damagedBytes).isEqualTo(SegmentHeader.SIZE);
    }

    @ParameterizedTest
    @ValueSource(ints = { 1, 3, 4, 27, 28, 1000, 100_000 })
    @Tag("SPL-3")
    void garbageBetweenRecordsIsSkipped(int length) throws IOException {
        byte[] garbage = new byte[length];
        for (int i = 0; i < length; i++) {
            // Full of what looks like the beginning of a record
            garbage[i] = (byte) (RecordFormat.MAGIC >>> 8 * (3 - i % 4));
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.write(content, 0, THIRD);
        bytes.writeBytes(garbage);
        bytes.write(content, THIRD, END - THIRD);
        Files.write(segment, bytes.toByteArray());

        open();
        assertThat(read()).containsExactly("first", "second", "third");
        assertThat(damagedBytes).isEqualTo(length);
    }

    @ParameterizedTest
    @ValueSource(ints = { 0, 1, 2, 3, 4, 5, 28, 29 })
    void aRecordAcrossTheEndOfWhatWasReadOfTheFileIsFound(int before) throws IOException {
        int length = FIRST + 64 * 1024 - before - THIRD;
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.write(content, 0, THIRD);
        bytes.writeBytes(new byte[length]);
        bytes.write(content, THIRD, END - THIRD);
        Files.write(segment, bytes.toByteArray());

        open();
        assertThat(read()).containsExactly("first", "second", "third");
        assertThat(damagedBytes).isEqualTo(length);
    }

    @ParameterizedTest
    @ValueSource(ints = { Integer.MIN_VALUE, -1, 0, 1, 7, 40, 1000, 64 * 1024 * 1024 + 1, Integer.MAX_VALUE })
    void aWildLengthIsNotBelieved(int length) throws IOException {
        ByteBuffer.wrap(content).putInt(SECOND + 4, length);
        Files.write(segment, content);
        open();
        assertThat(read()).containsExactly("first", "third");
        assertThat(damagedBytes).isEqualTo(THIRD - SECOND);
    }

    @ParameterizedTest
    @ValueSource(ints = { 1, 28, 5000, 200_000 })
    void zerosAtTheEndAreCutOff(int length) throws IOException {
        Files.write(segment, Arrays.copyOf(content, END + length));
        open();
        assertThat(Files.size(segment)).isEqualTo(END);
        assertThat(damagedBytes).isEqualTo(length);
        append("fourth");
        assertThat(read()).containsExactly("first", "second", "third", "fourth");
    }

    @ParameterizedTest
    @ValueSource(ints = { 0, 1, 19, 20, 21, 1000 })
    void aFileWithoutRecordsIsUsedAgain(int length) throws IOException {
        Files.write(segment, new byte[length]);
        open();
        assertThat(damagedBytes).isEqualTo(length);
        append("new");
        assertThat(segment).binaryContent().startsWith(SegmentHeader.encode(1));
        assertThat(read()).containsExactly("new");
        damagedBytes = 0;
        open();
        assertThat(read()).containsExactly("new");
        assertThat(damagedBytes).isZero();
    }

    @ParameterizedTest
    @ValueSource(ints = { 0, 1, 30, 1000 })
    void aFileWithoutRecordsInTheMiddleIsSkipped(int length) throws IOException {
        open(segmentsOf(2, 1));
        appendAll("4", "5", "6", "7", "8");
        spool.close();
        assertThat(segments()).hasSize(4);
        Files.write(segments().get(2), new byte[length]);

        open();
        assertThat(spool.unread()).isEqualTo(6);
        assertThat(read()).containsExactly("first", "second", "third", "4", "5", "8");
        assertThat(damagedBytes).isEqualTo(length);
        spool.acknowledge(8);
        assertThat(segments()).hasSize(1);
    }

    @Test
    void aSegmentThatVanishesIsSkipped() throws IOException {
        open(segmentsOf(2, 1));
        appendAll("4", "5", "6");
        Files.delete(segments().get(1));
        assertThat(read()).containsExactly("first", "second", "third", "6");
        assertThat(damagedFiles).hasSize(1);
        spool.acknowledge(6);
        assertThat(segments()).hasSize(1);
    }

    @Test
    void aSegmentThatShrinksLosesItsEnd() throws IOException {
        open(segmentsOf(2, 1));
        append("4");
        Files.write(segment, Arrays.copyOf(content, THIRD + 5));
        assertThat(read()).containsExactly("first", "second", "4");
        assertThat(damagedBytes).isEqualTo(END - THIRD);
        assertThat(spool.unread()).isZero();
    }

    @Test
    void whatIsDamagedAtTheEndNeedsNoAcknowledgement() throws IOException {
        open();
        content[END - 1] ^= 1;
        Files.write(segment, content);
        assertThat(read()).containsExactly("first", "second");
        assertThat(spool.unread()).isZero();
        assertThat(spool.unacknowledged()).isEqualTo(3);
        spool.acknowledge(2);
        assertThat(spool.unacknowledged()).isZero();
        assertThat(appendRead("fourth")).isEqualTo(new AppendResult(4, true, 0));
    }

    @Test
    void aRecordInTheWrongSegmentIsNotRead() throws IOException {
        Files.move(segment, directory.resolve("00000000000000000003.spool"));
        open();
        assertThat(read()).containsExactly("third");
        assertThat(append("fourth")).isEqualTo(4);
    }

    @ParameterizedTest
    @ValueSource(strings = { "", "x", "twelve bytes", "rather more than that" })
    void withoutAPositionEverythingComesAgain(String damaged) throws IOException {
        open();
        spool.acknowledge(2);
        spool.close();
        Files.writeString(directory.resolve("acknowledged"), damaged, UTF_8);
        open();
        assertThat(read()).containsExactly("first", "second", "third");
        assertThat(damagedFiles).hasSize(damaged.isEmpty() ? 0 : 1);
        spool.acknowledge(2);
        open();
        assertThat(read()).containsExactly("third");
    }

    @Test
    void aMissingPositionDoesNotBringNumbersBack() throws IOException {
        open(segmentsOf(1, 5));
        append("fourth");
        spool.acknowledge(4);
        spool.dropOldest();
        spool.close();
        Files.delete(directory.resolve("acknowledged"));
        open();
        assertThat(appendRead("fifth")).isEqualTo(new AppendResult(5, true, 0));
    }

    @Test
    void recordsThatAPowerFailureTookAreNotThoughtAcknowledgedLater() throws IOException {
        open();
        spool.acknowledge(3);
        spool.close();
        Files.write(segment, Arrays.copyOf(content, SECOND));
        open();
        assertThat(append("new")).isEqualTo(4);
        assertThat(read()).containsExactly("new");
        open();
        assertThat(read()).containsExactly("new");
    }
}
