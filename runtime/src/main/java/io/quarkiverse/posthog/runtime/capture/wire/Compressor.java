package io.quarkiverse.posthog.runtime.capture.wire;

import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.util.Arrays;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicReference;
import java.util.zip.CRC32;
import java.util.zip.Deflater;

import io.quarkiverse.posthog.runtime.config.CaptureConfig.Compression;
import io.quarkus.runtime.ImageMode;

/** Compresses the bodies of requests. Used by several threads at once. */
public interface Compressor extends Closeable {

    /** The name in the header {@code Content-Encoding}; null for none. */
    String encoding();

    /** The bytes from the beginning of an array, compressed. */
    byte[] compress(byte[] data, int length);

    @Override
    default void close() {
    }

    /** @throws IllegalArgumentException when the library it needs is not there, naming it */
    static Compressor of(Compression compression, String key) {
        return switch (compression) {
            case NONE -> new Uncompressed();
            case GZIP -> new Deflating("gzip", true);
            case DEFLATE -> new Deflating("deflate", false);
            case ZSTD -> available(key, compression, "com.github.luben:zstd-jni", "ZstdCompressor");
            case BROTLI -> available(key, compression,
                    "com.aayushatharva.brotli4j:brotli4j and its native library for this platform", "BrotliCompressor");
        };
    }

    /** By name, because the class must not be loaded in an application without the library. */
    private static Compressor available(String key, Compression compression, String library, String name) {
        String value = compression.name().toLowerCase(Locale.ROOT);
        if (ImageMode.current() == ImageMode.NATIVE_RUN) {
            throw new IllegalArgumentException(key + " is " + value + ", which is not supported in native executables; choose "
                    + "gzip or deflate");
        }
        try {
            return (Compressor) Class.forName(Compressor.class.getPackageName() + "." + name).getDeclaredConstructor()
                    .newInstance();
        } catch (ReflectiveOperationException | LinkageError e) {
            throw new IllegalArgumentException(
                    key + " is " + value + ", which needs a dependency on " + library + "; add it, or choose gzip", e);
        }
    }

    /** As it is. */
    final class Uncompressed implements Compressor {

        @Override
        public String encoding() {
            return null;
        }

        @Override
        public byte[] compress(byte[] data, int length) {
            return Arrays.copyOf(data, length);
        }
    }

    /**
     * The JDK's own compression. Events of a batch are much alike, so that the fastest level makes them small already.
     */
    final class Deflating implements Compressor {

        private static final byte[] GZIP_HEADER = { 0x1f, (byte) 0x8b, Deflater.DEFLATED, 0, 0, 0, 0, 0, 0, (byte) 0xff };

        private final String encoding;
        private final boolean gzip;

        /** Holds memory outside of the heap, so one is kept; a second one at the same time is used once. */
        private final AtomicReference<Deflater> spare = new AtomicReference<>();
        private volatile boolean closed;

        Deflating(String encoding, boolean gzip) {
            this.encoding = encoding;
            this.gzip = gzip;
        }

        @Override
        public String encoding() {
            return encoding;
        }

        @Override
        public byte[] compress(byte[] data, int length) {
            Deflater kept = spare.getAndSet(null);
            Deflater deflater = kept == null ? new Deflater(Deflater.BEST_SPEED, gzip) : kept;
            try {
                ByteArrayOutputStream out = new ByteArrayOutputStream(Math.max(256, length / 4));
                if (gzip) {
                    out.write(GZIP_HEADER, 0, GZIP_HEADER.length);
                }
                deflate(deflater, data, length, out);
                if (gzip) {
                    CRC32 crc = new CRC32();
                    crc.update(data, 0, length);
                    littleEndian((int) crc.getValue(), out);
                    littleEndian(length, out);
                }
                return out.toByteArray();
            } finally {
                deflater.reset();
                release(deflater);
            }
        }

        private static void deflate(Deflater deflater, byte[] data, int length, ByteArrayOutputStream out) {
            byte[] chunk = new byte[8192];
            deflater.setInput(data, 0, length);
            deflater.finish();
            while (!deflater.finished()) {
                out.write(chunk, 0, deflater.deflate(chunk));
            }
        }

        private static void littleEndian(int value, ByteArrayOutputStream out) {
            for (int shift = 0; shift < 32; shift += 8) {
                out.write(value >>> shift);
            }
        }

        private void release(Deflater deflater) {
            if (!spare.compareAndSet(null, deflater)) {
                deflater.end();
            } else if (closed) {
                close();
            }
        }

        @Override
        public void close() {
            closed = true;
            Deflater last = spare.getAndSet(null);
            if (last != null) {
                last.end();
            }
        }
    }
}
