package io.quarkiverse.posthog.runtime.capture.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Method;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.zip.GZIPInputStream;
import java.util.zip.InflaterInputStream;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

import com.aayushatharva.brotli4j.decoder.BrotliInputStream;
import com.github.luben.zstd.ZstdInputStream;

import io.quarkiverse.posthog.runtime.config.CaptureConfig.Compression;

class CompressorTest {

    private static final String KEY = "quarkus.posthog.capture.compression";

    @ParameterizedTest
    @EnumSource
    @Tag("V1-11")
    void whatIsCompressedIsTheSameWhenItIsUnpacked(Compression compression) throws IOException {
        try (Compressor compressor = Compressor.of(compression, KEY)) {
            for (int length : new int[] { 0, 1, 255, 8192, 100_000, 1_000_000 }) {
                byte[] data = new byte[length + 10];
                new Random(length).nextBytes(data);
                Arrays.fill(data, 0, length / 2, (byte) '{');

                byte[] unpacked = unpack(compressor.encoding(), compressor.compress(data, length));

                assertThat(unpacked).isEqualTo(Arrays.copyOf(data, length));
            }
        }
    }

    @ParameterizedTest
    @EnumSource(names = { "ZSTD", "BROTLI" })
    @Tag("NAT-4")
    void librariesWithNativeCodeAreRejectedInNativeExecutables(Compression compression) {
        System.setProperty("org.graalvm.nativeimage.imagecode", "runtime");
        try {
            assertThatThrownBy(() -> Compressor.of(compression, KEY)).isInstanceOf(IllegalArgumentException.class)
                    .hasMessage(KEY + " is " + compression.name().toLowerCase(Locale.ROOT)
                            + ", which is not supported in native executables; choose gzip or deflate");
        } finally {
            System.clearProperty("org.graalvm.nativeimage.imagecode");
        }
    }

    @Test
    @Tag("V1-11")
    void manyThreadsCompressAtTheSameTimeAlsoWhileItIsClosed() {
        Compressor compressor = Compressor.of(Compression.GZIP, KEY);
        byte[] data = "an event much like the others ".repeat(1000).getBytes(StandardCharsets.UTF_8);
        AtomicInteger equal = new AtomicInteger();

        IntStream.range(0, 200).parallel().forEach(i -> {
            if (i == 100) {
                compressor.close();
            }
            try {
                if (Arrays.equals(unpack("gzip", compressor.compress(data, data.length)), data)) {
                    equal.incrementAndGet();
                }
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
        });

        assertThat(equal).hasValue(200);
    }

    @ParameterizedTest
    @CsvSource({ "ZSTD, com.github.luben:zstd-jni", "BROTLI, com.aayushatharva.brotli4j:brotli4j" })
    @Tag("V1-11")
    void aMissingLibraryIsNamed(String compression, String library) throws Exception {
        ClassLoader without = new WithoutLibraries();
        Class<?> choice = without.loadClass(Compression.class.getName());
        Method of = without.loadClass(Compressor.class.getName()).getMethod("of", choice, String.class);
        of.setAccessible(true);
        Object chosen = choice.getMethod("valueOf", String.class).invoke(null, compression);

        assertThatThrownBy(() -> of.invoke(null, chosen, KEY)).cause().isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith(KEY + " is " + compression.toLowerCase(Locale.ROOT)
                        + ", which needs a dependency on " + library)
                .hasMessageEndingWith("; add it, or choose gzip");
    }

    private static byte[] unpack(String encoding, byte[] data) throws IOException {
        try (InputStream in = unpacking(encoding, new ByteArrayInputStream(data))) {
            return in.readAllBytes();
        }
    }

    private static InputStream unpacking(String encoding, InputStream data) throws IOException {
        return switch (encoding == null ? "none" : encoding) {
            case "gzip" -> new GZIPInputStream(data);
            case "deflate" -> new InflaterInputStream(data);
            case "zstd" -> new ZstdInputStream(data);
            case "br" -> new BrotliInputStream(data);
            default -> data;
        };
    }

    /** The classes of the tests, as if some libraries were not there. */
    private static final class WithoutLibraries extends ClassLoader {

        WithoutLibraries() {
            super(ClassLoader.getPlatformClassLoader());
        }

        @Override
        protected Class<?> findClass(String name) throws ClassNotFoundException {
            boolean missing = name.startsWith("com.github.luben.") || name.startsWith("com.aayushatharva.");
            String file = name.replace('.', '/') + ".class";
            try (InputStream in = missing ? null : CompressorTest.class.getClassLoader().getResourceAsStream(file)) {
                if (in == null) {
                    throw new ClassNotFoundException(name);
                }
                byte[] bytes = in.readAllBytes();
                return defineClass(name, bytes, 0, bytes.length);
            } catch (IOException e) {
                throw new ClassNotFoundException(name, e);
            }
        }
    }
}
