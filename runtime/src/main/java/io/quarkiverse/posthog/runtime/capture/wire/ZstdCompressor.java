package io.quarkiverse.posthog.runtime.capture.wire;

import java.util.Arrays;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.util.Native;

/** Zstandard, by zstd-jni. */
final class ZstdCompressor implements Compressor {

    private static final int LEVEL = 3;

    /** Fails immediately if the library is missing, rather than at the first event. */
    ZstdCompressor() {
        Native.load();
    }

    @Override
    public String encoding() {
        return "zstd";
    }

    @Override
    public byte[] compress(byte[] data, int length) {
        return Zstd.compress(length == data.length ? data : Arrays.copyOf(data, length), LEVEL);
    }
}
