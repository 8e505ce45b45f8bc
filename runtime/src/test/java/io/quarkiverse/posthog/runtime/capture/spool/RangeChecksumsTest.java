package io.quarkiverse.posthog.runtime.capture.spool;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.zip.CRC32C;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RangeChecksumsTest {

    @TempDir
    Path directory;

    @ParameterizedTest
    @ValueSource(ints = { 0, 1, 511, 512, 513, 4095, 4096, 4097, 5000, 100_000, 1_000_000 })
    void areThoseOfTheBytes(int size) throws IOException {
        Random random = new Random(size);
        byte[] content = new byte[size];
        random.nextBytes(content);
        Path path = Files.write(directory.resolve("file"), content);
        int from = random.nextInt(size + 1) / 3;
        int to = size - random.nextInt(size + 1) / 3;
        try (SpoolFile file = new SpoolFile(path)) {
            RangeChecksums checksums = new RangeChecksums(file, from, to);
            assertThat(checksums.cover(from, to)).isTrue();
            assertThat(checksums.cover(from - 1, to)).isFalse();
            assertThat(checksums.cover(from, to + 1)).isFalse();
            for (int i = 0; i < 2000; i++) {
                int begin = from + random.nextInt(to - from + 1);
                int end = begin + random.nextInt(to - begin + 1);
                CRC32C expected = new CRC32C();
                expected.update(content, begin, end - begin);

                assertThat(checksums.of(begin, end)).as("%d to %d", begin, end).isEqualTo((int) expected.getValue());
            }
        }
    }

    @Test
    void coverNothingThatIsNotThere() throws IOException {
        try (SpoolFile file = new SpoolFile(Files.write(directory.resolve("file"), new byte[10_000]))) {
            assertThat(new RangeChecksums(file, 0, 100_000).cover(0, 20_000)).isFalse();
        }
    }
}
