package io.quarkiverse.posthog.runtime.capture.spool;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Random damage may cost the records that it hits, but causes no exception and costs no record that is appended later. */
class SpoolFuzzTest extends SpoolFixture {

    private static final long[] NUMBERS = { 0, 1, 3, 7, 100, Integer.MAX_VALUE, 1L << 40, Long.MAX_VALUE,
            Long.MAX_VALUE - 1, Long.MIN_VALUE, -1, 999_999_999_999_999_999L, 1_000_000_000_000_000_000L };

    static IntStream seeds() {
        return IntStream.range(0, 300);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    @Tag("SPL-6")
    void laterRecordsAreKept(int seed) throws IOException {
        Random random = new Random(seed);
        fill(random);
        for (int i = random.nextInt(6); i >= 0; i--) {
            damage(random);
        }

        open(segmentsOf(1 + random.nextInt(4), 20));
        if (random.nextBoolean()) {
            read(random.nextInt(30));
        }
        List<String> later = IntStream.range(0, 5).mapToObj(i -> "later " + i).toList();
        for (String record : later) {
            append(record);
        }

        assertThat(spool.unread()).isGreaterThanOrEqualTo(5);
        assertThat(readAll()).endsWith(later.toArray(new String[0]));
        open();
        assertThat(readAll()).endsWith(later.toArray(new String[0]));
        spool.acknowledge(Long.MAX_VALUE);
        assertThat(spool.unacknowledged()).isZero();
        append("at last");
        open();
        assertThat(readAll()).containsExactly("at last");
    }

    /** Damage in one place. */
    @ParameterizedTest
    @MethodSource("seeds")
    @Tag("SPL-3")
    void recordsBesideTheDamageAreKept(int seed) throws IOException {
        Random random = new Random(seed);
        List<String> all = fill(random);
        Path segment = segments().get(random.nextInt(segments().size()));
        byte[] content = Files.readAllBytes(segment);
        int from = SegmentHeader.SIZE + random.nextInt(content.length - SegmentHeader.SIZE);
        int to = Math.min(content.length, from + 1 + random.nextInt(60));
        byte[] damaged = content.clone();
        for (int i = from; i < to; i++) {
            damaged[i] = random.nextInt(3) == 0 ? RecordFormat.FIRST_OF_MAGIC : (byte) random.nextInt(256);
        }
        Files.write(segment, damaged);

        open();

        List<String> hit = new ArrayList<>();
        for (int at = SegmentHeader.SIZE; at < content.length;) {
            int length = RecordFormat.length(ByteBuffer.wrap(content), at);
            int end = at + RecordFormat.size(length);
            if (!Arrays.equals(content, at, end, damaged, at, end)) {
                hit.add(new String(content, at + RecordFormat.OVERHEAD, length, UTF_8));
            }
            at = end;
        }
        List<String> expected = new ArrayList<>(all);
        expected.removeAll(hit);
        assertThat(readAll()).isEqualTo(expected);
    }

    private List<String> fill(Random random) throws IOException {
        open(segmentsOf(1 + random.nextInt(8), 20));
        List<String> all = new ArrayList<>();
        for (int i = 0; i < 30; i++) {
            all.add("record " + i + "x".repeat(random.nextInt(random.nextInt(20) == 0 ? 100_000 : 30)));
            append(all.get(i));
        }
        spool.close();
        return all;
    }

    private List<String> readAll() throws IOException {
        List<String> all = new ArrayList<>();
        for (List<String> some = read(7); !some.isEmpty(); some = read(7)) {
            all.addAll(some);
        }
        return all;
    }

    private void damage(Random random) throws IOException {
        List<Path> segments = segments().stream().filter(Files::isRegularFile).toList();
        Path segment = segments.isEmpty() ? directory.resolve("00000000000000000001.spool")
                : segments.get(random.nextInt(segments.size()));
        byte[] content = Files.exists(segment) ? Files.readAllBytes(segment) : new byte[0];
        int at = random.nextInt(content.length + 1);
        switch (random.nextInt(11)) {
            case 0 -> Files.write(segment, Arrays.copyOf(content, at));
            case 1 -> Files.write(segment, Arrays.copyOf(content, content.length + random.nextInt(3000)));
            case 2 -> insert(segment, content, at, new byte[random.nextInt(200)]);
            case 3 -> insert(segment, content, at, record(random));
            case 4 -> insert(segment, content, at, header(random));
            case 5 -> {
                random.nextBytes(content);
                Files.write(segment, content);
            }
            case 6 -> Files.deleteIfExists(segment);
            case 7 -> {
                Path copy = named(random);
                Files.deleteIfExists(copy);
                Files.write(copy, content);
            }
            case 8 -> Files.write(directory.resolve("acknowledged"), acknowledged(random));
            case 9 -> {
                Path link = named(random);
                Files.deleteIfExists(link);
                Files.createSymbolicLink(link, Path.of("nowhere"));
            }
            default -> {
                for (int i = 0; i < 20 && content.length > 0; i++) {
                    content[random.nextInt(content.length)] = (byte) random.nextInt(256);
                }
                Files.write(segment, content);
            }
        }
    }

    private static void insert(Path segment, byte[] content, int at, byte[] bytes) throws IOException {
        ByteBuffer damaged = ByteBuffer.allocate(content.length + bytes.length).put(content, 0, at).put(bytes)
                .put(content, at, content.length - at);
        Files.write(segment, damaged.array());
    }

    private static byte[] record(Random random) {
        ByteBuffer record = ByteBuffer.allocate(RecordFormat.size(7));
        RecordFormat.encode(record, number(random), random.nextLong(), "crafted".getBytes(UTF_8));
        return record.array();
    }

    private static byte[] header(Random random) {
        return ByteBuffer.allocate(RecordFormat.OVERHEAD).putInt(RecordFormat.MAGIC)
                .putInt((int) number(random)).putInt(random.nextInt()).putLong(number(random)).putLong(number(random)).array();
    }

    private byte[] acknowledged(Random random) {
        byte[] bytes = new byte[random.nextInt(40)];
        random.nextBytes(bytes);
        return bytes;
    }

    private Path named(Random random) {
        long number = NUMBERS[random.nextInt(NUMBERS.length)];
        return directory.resolve(number < 0 || number > 999_999_999_999_999_999L ? number + ".spool"
                : String.format("%020d.spool", number));
    }

    private static long number(Random random) {
        return random.nextBoolean() ? NUMBERS[random.nextInt(NUMBERS.length)] : random.nextInt(100_000);
    }
}
