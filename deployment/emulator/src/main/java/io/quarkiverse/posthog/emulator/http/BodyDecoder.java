package io.quarkiverse.posthog.emulator.http;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UnsupportedEncodingException;
import java.util.Arrays;
import java.util.zip.GZIPInputStream;
import java.util.zip.Inflater;
import java.util.zip.InflaterInputStream;

import com.github.luben.zstd.ZstdInputStream;

/** Decompresses bodies. Encodings that the JDK does not support need an optional library. */
public final class BodyDecoder {

    /** The first byte of deflated data that has the wrapping of zlib, as HTTP demands. */
    private static final byte ZLIB = 0x78;

    /** The encodings that PostHog supports. */
    private enum Encoding {
        GZIP,
        DEFLATE,
        ZSTD,
        BR
    }

    private BodyDecoder() {
    }

    /** Returns whether PostHog supports an encoding, other than {@code identity}. */
    public static boolean supports(String encoding) {
        return encoding(encoding) != null;
    }

    private static Encoding encoding(String name) {
        return Arrays.stream(Encoding.values()).filter(encoding -> encoding.name().equalsIgnoreCase(name)).findFirst()
                .orElse(null);
    }

    /** @throws UnsupportedEncodingException if the encoding is not supported, or its library is missing */
    static InputStream open(String encoding, byte[] packed) throws IOException {
        InputStream in = new ByteArrayInputStream(packed);
        if (encoding.isEmpty() || encoding.equals("identity")) {
            return in;
        }
        Encoding known = encoding(encoding.equals("gzip-js") ? "gzip" : encoding);
        if (known == null) {
            throw new UnsupportedEncodingException("unknown Content-Encoding " + encoding);
        }
        return switch (known) {
            case GZIP -> new GZIPInputStream(in);
            case DEFLATE -> packed.length == 0 || packed[0] == ZLIB ? new InflaterInputStream(in)
                    : new InflaterInputStream(in, new Inflater(true));
            case ZSTD -> withLibrary(encoding, "com.github.luben:zstd-jni", () -> Zstd.open(in));
            case BR -> withLibrary(encoding, "com.aayushatharva.brotli4j:brotli4j", () -> new BrotliBody(packed));
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
