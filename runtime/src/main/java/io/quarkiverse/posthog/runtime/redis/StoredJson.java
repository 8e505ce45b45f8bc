package io.quarkiverse.posthog.runtime.redis;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

/** JSON as it is in Redis: compressed if it is long, which no JSON looks like. */
final class StoredJson {

    private static final int LONG = 8 << 10;

    private static final byte GZIP = 0x1f;

    private StoredJson() {
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

    static String decode(byte[] stored) throws IOException {
        if (stored.length == 0 || stored[0] != GZIP) {
            return new String(stored, StandardCharsets.UTF_8);
        }
        try (GZIPInputStream gzip = new GZIPInputStream(new ByteArrayInputStream(stored))) {
            return new String(gzip.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
