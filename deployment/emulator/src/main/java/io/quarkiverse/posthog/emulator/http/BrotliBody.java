package io.quarkiverse.posthog.emulator.http;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;

import com.aayushatharva.brotli4j.Brotli4jLoader;
import com.aayushatharva.brotli4j.decoder.DecoderJNI;

/**
 * Unpacks a Brotli body.
 * <p>
 * The library has a stream of its own, but that takes some bodies for truncated: the decoder may hold back more than it
 * has given when the input ends, and has to be asked once more.
 */
final class BrotliBody extends InputStream {

    private final DecoderJNI.Wrapper decoder;
    private ByteBuffer output = ByteBuffer.allocate(0);

    BrotliBody(byte[] packed) throws IOException {
        Brotli4jLoader.ensureAvailability();
        decoder = new DecoderJNI.Wrapper(Math.max(1, packed.length));
        decoder.getInputBuffer().put(packed);
        decoder.push(packed.length);
    }

    @Override
    public int read() throws IOException {
        return hasOutput() ? output.get() & 0xFF : -1;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        if (!hasOutput()) {
            return -1;
        }
        int count = Math.min(length, output.remaining());
        output.get(target, offset, count);
        return count;
    }

    private boolean hasOutput() throws IOException {
        boolean asked = false;
        while (!output.hasRemaining()) {
            switch (decoder.getStatus()) {
                case DONE -> {
                    return false;
                }
                case NEEDS_MORE_OUTPUT -> output = decoder.pull();
                case OK -> decoder.push(0);
                case NEEDS_MORE_INPUT -> {
                    if (asked) {
                        throw new EOFException("unexpected end of input");
                    }
                    asked = true;
                    decoder.push(0);
                }
                default -> throw new IOException("corrupted input");
            }
        }
        return true;
    }

    @Override
    public void close() {
        decoder.destroy();
    }
}
