package io.quarkiverse.posthog.runtime.redis;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

/** Encodes and decodes JSON for Redis. Long JSON is compressed. */
final class CompressedJsonCodec {

    private static final int LONG = 8 << 10;

    private static final byte GZIP = 0x1f;

    private CompressedJsonCodec() {
    }

    static byte[] encode(String json) throws IOException {
        byte[] plain = json.getBytes(StandardCharsets.UTF_8);
        if (plain.length < LONG) {
            return plain;
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream(plain.length / 4);
        try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
            gzip.write(plain);
        }
        return out.toByteArray();
    }

    /**
     * Decodes JSON.
     *
     * @param limit the maximum size of the JSON, in bytes
     * @throws IOException if it is damaged or exceeds the limit
     */
    static String decode(byte[] stored, long limit) throws IOException {
        if (stored.length == 0 || stored[0] != GZIP) {
            check(stored.length, limit);
            return new String(stored, StandardCharsets.UTF_8);
        }
        try (GZIPInputStream gzip = new GZIPInputStream(new ByteArrayInputStream(stored))) {
            byte[] json = gzip.readNBytes((int) Math.min(limit + 1, Integer.MAX_VALUE - 8));
            check(json.length, limit);
            return new String(json, StandardCharsets.UTF_8);
        } catch (EOFException e) {
            throw new IOException("it is truncated", e);
        }
    }

    /** Fails with an {@link IOException} if the length exceeds the limit. */
    static void check(long length, long limit) throws IOException {
        if (length > limit) {
            throw new IOException("it exceeds the maximum size of flag definitions, " + limit + " bytes");
        }
    }
}
