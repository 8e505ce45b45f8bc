package io.quarkiverse.posthog.emulator.http;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;

import com.aayushatharva.brotli4j.Brotli4jLoader;
import com.aayushatharva.brotli4j.decoder.DecoderJNI;

/**
 * Decompresses a Brotli body.
 * <p>
 * The stream of the library considers some bodies truncated. At the end of the input, the decoder may have pending output,
 * which requires another call.
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
        boolean retried = false;
        while (!output.hasRemaining()) {
            switch (decoder.getStatus()) {
                case DONE -> {
                    return false;
                }
                case NEEDS_MORE_OUTPUT -> output = decoder.pull();
                case OK -> decoder.push(0);
                case NEEDS_MORE_INPUT -> {
                    if (retried) {
                        throw new EOFException("unexpected end of input");
                    }
                    retried = true;
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
