package io.quarkiverse.posthog.runtime.redis;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.Random;
import java.util.zip.GZIPOutputStream;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CompressedJsonCodecTest {

    private static final int LIMIT = 100_000;

    @ParameterizedTest
    @ValueSource(ints = { 0, 1, 8191, 8192, LIMIT - 1, LIMIT })
    void isReadUpToTheLimit(int length) throws IOException {
        String json = "x".repeat(length);

        assertThat(CompressedJsonCodec.decode(CompressedJsonCodec.encode(json), LIMIT)).isEqualTo(json);
        assertThat(CompressedJsonCodec.decode(json.getBytes(UTF_8), LIMIT)).isEqualTo(json);
    }

    @ParameterizedTest
    @ValueSource(ints = { LIMIT + 1, 10 * LIMIT })
    @Tag("RDS-8")
    void isNotReadBeyondTheLimit(int length) throws IOException {
        String json = "x".repeat(length);

        for (byte[] stored : new byte[][] { CompressedJsonCodec.encode(json), json.getBytes(UTF_8) }) {
            assertThatThrownBy(() -> CompressedJsonCodec.decode(stored, LIMIT)).isInstanceOf(IOException.class)
                    .hasMessageContaining("maximum size of flag definitions, 100000 bytes");
        }
    }

    /** More than the heap of the test. */
    @Test
    @Tag("RDS-8")
    void isNotDecompressedBeyondTheLimit() throws IOException {
        byte[] bomb = bomb();
        assertThat(bomb).hasSizeLessThan(5 << 20);

        assertThatThrownBy(() -> CompressedJsonCodec.decode(bomb, 1 << 20)).isInstanceOf(IOException.class)
                .hasMessageContaining("maximum size of flag definitions, 1048576 bytes");
    }

    private static byte[] bomb() throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        byte[] megabyte = new byte[1 << 20];
        try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
            for (int i = 0; i < 1500; i++) {
                gzip.write(megabyte);
            }
        }
        return out.toByteArray();
    }

    /** All kinds of damage are an IOException with a message. */
    @Test
    @Tag("RDS-5")
    void mayBeDamaged() throws IOException {
        byte[] intact = CompressedJsonCodec.encode("{\"flags\":[]}".repeat(5000));
        for (int seed = 0; seed < 2000; seed++) {
            Random random = new Random(seed);
            byte[] damaged = Arrays.copyOf(intact, 1 + random.nextInt(intact.length));
            for (int i = random.nextInt(4); i >= 0; i--) {
                damaged[random.nextInt(damaged.length)] = (byte) random.nextInt(256);
            }
            try {
                assertThat(CompressedJsonCodec.decode(damaged, LIMIT)).isNotNull();
            } catch (IOException expected) {
                assertThat(expected.getMessage()).isNotEmpty();
            }
        }
    }
}
