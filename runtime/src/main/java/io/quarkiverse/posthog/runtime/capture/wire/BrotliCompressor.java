package io.quarkiverse.posthog.runtime.capture.wire;

import java.io.IOException;
import java.io.UncheckedIOException;

import com.aayushatharva.brotli4j.Brotli4jLoader;
import com.aayushatharva.brotli4j.encoder.Encoder;

/** Brotli, by brotli4j. */
final class BrotliCompressor implements Compressor {

    /** Higher qualities are meant for content that is compressed once and served often. */
    private static final int QUALITY = 4;

    private static final Encoder.Parameters PARAMETERS = Encoder.Parameters.create(QUALITY);

    /** Fails immediately if the library is missing, rather than at the first event. */
    BrotliCompressor() {
        Brotli4jLoader.ensureAvailability();
    }

    @Override
    public String encoding() {
        return "br";
    }

    @Override
    public byte[] compress(byte[] data, int length) {
        try {
            return Encoder.compress(data, 0, length, PARAMETERS);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
