package io.quarkiverse.posthog.runtime.capture.spool;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNoException;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.zip.CRC32C;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import io.quarkiverse.posthog.runtime.capture.spool.SpoolOptions.Fsync;

class SpoolTest extends SpoolFixture {

    @AfterEach
    void nothingWasDamaged() {
        assertThat(damagedFiles).isEmpty();
    }

    @Test
    void recordsAreReadAsTheyWereAppended() throws IOException {
        open();
        byte[] bytes = new byte[200_000];
        new Random(1).nextBytes(bytes);
        long first = spool.append(bytes, 0);
        long second = spool.append(new byte[0], -1);

        List<SpoolRecord> records = spool.read(10, Long.MAX_VALUE).records();

        assertThat(records).extracting(SpoolRecord::sequence).containsExactly(first, second);
        assertThat(records).extracting(SpoolRecord::payload).containsExactly(bytes, new byte[0]);
        assertThat(second).isEqualTo(first + 1);
    }

    @Test
    void eachRecordIsReadOnce() throws IOException {
        open();
        appendAll("a", "b", "c");
        assertThat(read(2)).containsExactly("a", "b");
        assertThat(read(2)).containsExactly("c");
        assertThat(read(2)).isEmpty();
        append("d");
        assertThat(read(2)).containsExactly("d");
    }

    @Test
    void aReadTakesNoMoreBytesThanItMay() throws IOException {
        open();
        appendAll("aaaa", "bbbb", "cccccccccc", "d");
        assertThat(texts(spool.read(10, 8).records())).containsExactly("aaaa", "bbbb");
        assertThat(texts(spool.read(10, 8).records())).containsExactly("cccccccccc");
        assertThat(texts(spool.read(10, 8).records())).containsExactly("d");
    }

    @Test
    void countsWhatIsThere() throws IOException {
        open();
        assertThat(spool.bytes()).isEqualTo(SegmentHeader.SIZE);
        appendAll("a", "b", "c");
        read(2);
        spool.acknowledge(1);

        assertThat(spool.unacknowledged()).isEqualTo(2);
        assertThat(spool.unread()).isEqualTo(1);
        assertThat(spool.bytes()).isEqualTo(Files.size(onlySegment()));
    }

    @Test
    void whatIsNotAcknowledgedComesAgain() throws IOException {
        open();
        appendAll("a", "b", "c");
        read();
        spool.acknowledge(1);
        open();

        assertThat(spool.unacknowledged()).isEqualTo(2);
        assertThat(spool.unread()).isEqualTo(2);
        assertThat(read()).containsExactly("b", "c");
    }

    @Test
    void acknowledgingGoesOnlyForward() throws IOException {
        open();
        appendAll("a", "b", "c");
        spool.acknowledge(2);
        spool.acknowledge(1);
        assertThat(spool.unacknowledged()).isEqualTo(1);
    }

    @Test
    void whatIsAcknowledgedIsNotRead() throws IOException {
        open(segmentsOf(2, 1));
        appendAll("a", "b", "c", "d", "e");
        spool.acknowledge(3);
        assertThat(spool.unread()).isEqualTo(2);
        assertThat(read()).containsExactly("d", "e");
    }

    @Test
    void nothingIsAcknowledgedBeforeItIsAppended() throws IOException {
        open();
        append("a");
        spool.acknowledge(1000);
        append("b");
        assertThat(read()).containsExactly("b");
        open();
        assertThat(read()).containsExactly("b");
    }

    @Test
    void aSegmentThatIsFullIsFollowedByAnother() throws IOException {
        open(segmentsOf(2, 1));
        appendAll("a", "b", "c", "d", "e");

        assertThat(segments()).extracting(file -> file.getFileName().toString())
                .containsExactly("00000000000000000001.spool", "00000000000000000003.spool", "00000000000000000005.spool");
        assertThat(spool.bytes()).isEqualTo(segments().stream().mapToLong(file -> file.toFile().length()).sum());
        assertThat(read()).containsExactly("a", "b", "c", "d", "e");
        open(segmentsOf(2, 1));
        assertThat(read()).containsExactly("a", "b", "c", "d", "e");
    }

    @Test
    void aRecordLargerThanASegmentHasOneForItself() throws IOException {
        open(segmentsOf(2, 1));
        String large = "x".repeat(100_000);
        appendAll("a", large, "b");
        assertThat(segments()).hasSize(3);
        assertThat(read()).containsExactly("a", large, "b");
    }

    @Test
    void segmentsAreDeletedOnceAllInThemIsAcknowledged() throws IOException {
        open(segmentsOf(2, 1));
        appendAll("a", "b", "c", "d", "e");
        read();
        spool.acknowledge(1);
        assertThat(segments()).hasSize(3);
        spool.acknowledge(3);
        assertThat(segments()).hasSize(2);
        spool.acknowledge(5);
        assertThat(segments()).hasSize(1);
        assertThat(spool.bytes()).isEqualTo(Files.size(onlySegment()));
        append("f");
        assertThat(read()).containsExactly("f");
    }

    @Test
    void numbersGoOnAfterEverythingWasDeleted() throws IOException {
        open(segmentsOf(1, 1));
        appendAll("a", "b", "c");
        spool.acknowledge(3);
        open();
        assertThat(append("d")).isEqualTo(4);
        spool.acknowledge(4);
        spool.close();
        for (Path segment : segments()) {
            Files.delete(segment);
        }
        open();
        assertThat(append("e")).isEqualTo(5);
        assertThat(read()).containsExactly("e");
    }

    @Test
    void aFullSpoolTakesNothingMore() throws IOException {
        open(options(2000, 500));
        int appended = 0;
        try {
            while (true) {
                append("x".repeat(72));
                appended++;
            }
        } catch (SpoolFullException e) {
            assertThat(e).hasMessageContaining(directory.toString()).hasMessageContaining("2000");
        }
        assertThat(spool.bytes()).isBetween(1880L, 2000L);
        assertThat(spool.unacknowledged()).isEqualTo(appended);
        spool.acknowledge(4);
        append("again");
        assertThat(read()).hasSize(appended - 4 + 1).endsWith("again");
    }

    @Test
    void aSingleSegmentMakesRoomOnceItIsAcknowledged() throws IOException {
        open(options(100, 1000));
        append("x".repeat(40));
        assertThatExceptionOfType(SpoolFullException.class).isThrownBy(() -> append("y".repeat(40)));
        spool.acknowledge(1);
        append("y".repeat(40));
        assertThat(read()).containsExactly("y".repeat(40));
    }

    @Test
    void aRecordThatCanNeverFitIsNotAMatterOfRoom() throws IOException {
        open(options(100, 100));
        assertThatExceptionOfType(SpoolException.class).isThrownBy(() -> append("x".repeat(53)))
                .isNotInstanceOf(SpoolFullException.class)
                .withMessageContaining("53 bytes").withMessageContaining(directory.toString());
        append("x".repeat(52));
    }

    @Test
    void theOldestSegmentIsDropped() throws IOException {
        open(segmentsOf(2, 1));
        appendAll("a", "b", "c", "d", "e");
        read(1);
        spool.acknowledge(1);
        assertThat(spool.dropOldest()).isEqualTo(1);
        assertThat(spool.unread()).isEqualTo(3);
        assertThat(read()).containsExactly("c", "d", "e");
        open();
        assertThat(read()).containsExactly("c", "d", "e");
    }

    @Test
    void aFullSpoolDropsTheOldestSegmentsForANewRecordAndReportsTheUnreadOnes() throws IOException {
        open(options(2 * (SegmentHeader.SIZE + 2 * RecordFormat.size(10)), SegmentHeader.SIZE + 2 * RecordFormat.size(10)));
        appendAll("aaaaaaaaaa", "bbbbbbbbbb", "cccccccccc", "dddddddddd");
        assertThatExceptionOfType(SpoolFullException.class).isThrownBy(() -> append("eeeeeeeeee"));
        read(1);

        AppendResult appended = spool.append("eeeeeeeeee".getBytes(UTF_8), 0, true, true);

        assertThat(appended).isEqualTo(new AppendResult(5, false, 1));
        assertThat(spool.append("ffffffffff".getBytes(UTF_8), 0, false, true).dropped()).isZero();
        assertThat(read()).containsExactly("cccccccccc", "dddddddddd", "eeeeeeeeee", "ffffffffff");
        assertThat(spool.unread()).isZero();
    }

    @Test
    void evenTheOnlySegmentIsDropped() throws IOException {
        open();
        appendAll("a", "b");
        assertThat(spool.dropOldest()).isEqualTo(2);
        assertThat(spool.dropOldest()).isZero();
        assertThat(append("c")).isEqualTo(3);
        assertThat(read()).containsExactly("c");
        assertThat(segments()).hasSize(1);
    }

    @Test
    void whatIsTooOldIsSkippedAndNeedsNoAcknowledgement() throws IOException {
        open(new SpoolOptions(directory, Fsync.NEVER, LARGE, 60, Duration.ofMinutes(1)));
        append("old");
        append("older");
        now = now.plusSeconds(40);
        append("young");
        now = now.plusSeconds(21);

        ReadResult read = spool.read(10, Long.MAX_VALUE);
        assertThat(texts(read.records())).containsExactly("young");
        assertThat(read.expired()).isEqualTo(2);
        assertThat(read.damaged()).isZero();

        now = now.plusSeconds(40);
        append("too late");
        now = now.plusSeconds(61);
        assertThat(read()).isEmpty();
        assertThat(spool.unread()).isZero();
        spool.acknowledge(3);
        assertThat(spool.unacknowledged()).isZero();
        assertThat(segments()).hasSize(1);
    }

    @Test
    void ageOfExactlyTheLimitIsAllowed() throws IOException {
        open(options(Duration.ofMinutes(1)));
        append("a");
        now = now.plusSeconds(60);
        assertThat(read()).containsExactly("a");
    }

    @Test
    void whatTheCallerKeepsIsNotReadAgain() throws IOException {
        open(segmentsOf(2, 1));
        assertThat(appendRead("a")).isEqualTo(new AppendResult(1, true, 0));
        assertThat(appendRead("b").read()).isTrue();
        assertThat(appendRead("c").read()).isTrue();
        assertThat(spool.unread()).isZero();
        assertThat(spool.unacknowledged()).isEqualTo(3);
        assertThat(read()).isEmpty();

        append("d");
        assertThat(appendRead("e").read()).isFalse();
        assertThat(read(1)).containsExactly("d");
        assertThat(appendRead("f").read()).isFalse();
        assertThat(read()).containsExactly("e", "f");
        assertThat(appendRead("g").read()).isTrue();
        append("h");
        assertThat(read()).containsExactly("h");

        spool.acknowledge(2);
        open();
        assertThat(appendRead("i").read()).isFalse();
        assertThat(read()).containsExactly("c", "d", "e", "f", "g", "h", "i");
    }

    @Test
    void aSecondSpoolOfTheDirectoryIsRefused() throws IOException {
        open();
        append("a");
        for (int attempt = 0; attempt < 2; attempt++) {
            assertThatExceptionOfType(SpoolException.class)
                    .isThrownBy(() -> Spool.open(options(LARGE, LARGE), clock, this))
                    .withMessageContaining(directory.toString()).withMessageContaining("a directory of its own");
        }
        append("b");
        spool.close();
        assertThatNoException().isThrownBy(this::open);
        assertThat(read()).containsExactly("a", "b");
    }

    @Test
    void theDirectoryIsCreated() throws IOException {
        directory = directory.resolve("a/b");
        open();
        append("a");
        assertThat(read()).containsExactly("a");
    }

    @Test
    void aDirectoryThatCannotBeCreatedIsNamed() throws IOException {
        directory = Files.writeString(directory.resolve("file"), "").resolve("spool");
        assertThatExceptionOfType(SpoolException.class).isThrownBy(this::open).withMessageContaining(directory.toString());
    }

    @Test
    void otherFilesAreLeftAlone() throws IOException {
        Files.writeString(directory.resolve("1.spool"), "mine");
        Files.writeString(directory.resolve("99999999999999999999.spool"), "mine");
        Files.writeString(directory.resolve("00000000000000000001.spool.bak"), "mine");
        open();
        append("a");
        spool.acknowledge(1);
        spool.dropOldest();
        assertThat(directory.resolve("1.spool")).hasContent("mine");
        assertThat(directory.resolve("99999999999999999999.spool")).hasContent("mine");
        assertThat(directory.resolve("00000000000000000001.spool.bak")).hasContent("mine");
    }

    @Test
    void nothingGoesIntoAClosedSpool() throws IOException {
        open(options(Fsync.ALWAYS));
        append("a");
        spool.close();
        spool.close();
        assertThatExceptionOfType(SpoolException.class).isThrownBy(() -> append("b"))
                .withMessageContaining("closed").withMessageContaining(directory.toString());
        assertThatExceptionOfType(SpoolException.class).isThrownBy(this::read).withMessageContaining("closed");
        assertThatExceptionOfType(SpoolException.class).isThrownBy(() -> spool.acknowledge(1));
        assertThatNoException().isThrownBy(spool::force);
        assertThat(spool.unacknowledged()).isEqualTo(1);
    }

    @Test
    void anInterruptedThreadDisturbsNothing() throws IOException {
        open(options(Fsync.ALWAYS));
        Thread.currentThread().interrupt();
        try {
            appendAll("a", "b");
            assertThat(read()).containsExactly("a", "b");
            spool.acknowledge(1);
            spool.dropOldest();
            append("c");
            spool.force();
            assertThat(Thread.currentThread().isInterrupted()).isTrue();
        } finally {
            Thread.interrupted();
        }
        append("d");
        assertThat(read()).containsExactly("c", "d");
    }

    @Test
    void recordsInTheFormatOfAnotherVersionAreNotTakenForDamaged() throws IOException {
        byte[] header = SegmentHeader.encode(1);
        header[7]++;
        CRC32C checksum = new CRC32C();
        checksum.update(header, 0, 16);
        ByteBuffer.wrap(header).putInt(16, (int) checksum.getValue());
        Path segment = Files.write(directory.resolve("00000000000000000001.spool"), header);

        for (int attempt = 0; attempt < 2; attempt++) {
            assertThatExceptionOfType(SpoolException.class).isThrownBy(this::open)
                    .withMessageContaining(directory.toString()).withMessageContaining("version");
        }
        assertThat(segment).hasBinaryContent(header);
    }

    @Test
    void optionsThatMakeNoSenseAreRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> options(0, 1));
        assertThatIllegalArgumentException().isThrownBy(() -> options(1, 0));
        assertThatIllegalArgumentException().isThrownBy(() -> options(Duration.ZERO));
    }
}
