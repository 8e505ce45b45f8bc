package io.quarkiverse.posthog.runtime.capture.spool;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;

import io.quarkiverse.posthog.runtime.capture.spool.SpoolOptions.Fsync;

/** A spool in a directory of its own, a clock to set, and what the spool told about. */
abstract class SpoolFixture implements Spool.Listener {

    static final long LARGE = 1024 * 1024;

    @TempDir
    Path directory;

    Spool spool;
    Instant now = Instant.parse("2026-01-01T00:00:00Z");
    final InstantSource clock = () -> now;
    final List<String> damagedFiles = new ArrayList<>();
    long damagedBytes;

    @Override
    public void damaged(Path file, long position, long skippedBytes) {
        damagedFiles.add(file.getFileName().toString());
        damagedBytes += skippedBytes;
    }

    @AfterEach
    void closeSpool() throws IOException {
        if (spool != null) {
            spool.close();
        }
    }

    void open() throws IOException {
        open(options(LARGE, LARGE));
    }

    void open(SpoolOptions options) throws IOException {
        closeSpool();
        spool = Spool.open(options, clock, this);
    }

    SpoolOptions options(long maxBytes, long segmentBytes) {
        return new SpoolOptions(directory, Fsync.NEVER, maxBytes, segmentBytes, null);
    }

    SpoolOptions options(Duration maxAge) {
        return new SpoolOptions(directory, Fsync.NEVER, LARGE, LARGE, maxAge);
    }

    SpoolOptions options(Fsync fsync) {
        return new SpoolOptions(directory, fsync, LARGE, LARGE, null);
    }

    /** Segments that take so many records of so many bytes. */
    SpoolOptions segmentsOf(int records, int payload) {
        return options(LARGE, SegmentHeader.SIZE + records * RecordFormat.size(payload));
    }

    long append(String payload) throws IOException {
        return spool.append(payload.getBytes(UTF_8), now.toEpochMilli());
    }

    void appendAll(String... payloads) throws IOException {
        for (String payload : payloads) {
            append(payload);
        }
    }

    AppendResult appendRead(String payload) throws IOException {
        return spool.append(payload.getBytes(UTF_8), now.toEpochMilli(), true, false);
    }

    List<String> read() throws IOException {
        return read(Integer.MAX_VALUE);
    }

    List<String> read(int records) throws IOException {
        return texts(spool.read(records, Long.MAX_VALUE).records());
    }

    static List<String> texts(List<SpoolRecord> records) {
        return records.stream().map(record -> new String(record.payload(), UTF_8)).toList();
    }

    List<Path> segments() throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.filter(file -> file.toString().endsWith(".spool")).sorted().toList();
        }
    }

    Path onlySegment() throws IOException {
        return segments().get(0);
    }
}
