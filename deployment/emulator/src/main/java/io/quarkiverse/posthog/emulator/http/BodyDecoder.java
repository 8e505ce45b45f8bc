package io.quarkiverse.posthog.emulator.http;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UnsupportedEncodingException;
import java.util.zip.GZIPInputStream;
import java.util.zip.Inflater;
import java.util.zip.InflaterInputStream;

import com.github.luben.zstd.ZstdInputStream;

/** Decompresses bodies. Encodings that the JDK does not support need an optional library. */
final class BodyDecoder {

    /** The first byte of deflated data that has the wrapping of zlib, as HTTP demands. */
    private static final byte ZLIB = 0x78;

    private BodyDecoder() {
    }

    /** @throws UnsupportedEncodingException when the encoding is unknown, or its library is missing */
    static InputStream open(String encoding, byte[] packed) throws IOException {
        InputStream in = new ByteArrayInputStream(packed);
        return switch (encoding) {
            case "identity", "" -> in;
            case "gzip", "gzip-js" -> new GZIPInputStream(in);
            case "deflate" -> packed.length == 0 || packed[0] == ZLIB ? new InflaterInputStream(in)
                    : new InflaterInputStream(in, new Inflater(true));
            case "zstd" -> withLibrary(encoding, "com.github.luben:zstd-jni", () -> Zstd.open(in));
            case "br" -> withLibrary(encoding, "com.aayushatharva.brotli4j:brotli4j", () -> new BrotliBody(packed));
            default -> throw new UnsupportedEncodingException("unknown Content-Encoding " + encoding);
        };
    }

    private static InputStream withLibrary(String encoding, String library, Decoder decoder) throws IOException {
        try {
            return decoder.open();
        } catch (LinkageError e) {
            throw new UnsupportedEncodingException("the emulator reads Content-Encoding " + encoding + " only with "
                    + library + " and its native part on the class path");
        }
    }

    private interface Decoder {
        InputStream open() throws IOException;
    }

    /** A class of its own, since even checking the bytecode needs the library. */
    private static final class Zstd {
        static InputStream open(InputStream in) throws IOException {
            return new ZstdInputStream(in);
        }
    }
}
