package io.quarkiverse.posthog.runtime.flags;

import java.io.Closeable;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;

import io.quarkiverse.posthog.PostHogApiException;
import io.quarkiverse.posthog.runtime.capture.wire.Compressor;
import io.quarkiverse.posthog.runtime.config.CaptureConfig.Compression;
import io.quarkiverse.posthog.runtime.config.FlagsConfig.FlagCompression;

/** Compresses the bodies of flag requests, until the host responds that it cannot decompress them. */
final class FlagRequestCompression implements Closeable {

    /** Compressing a smaller body saves no packet. */
    private static final int MIN_LENGTH = 1_024;

    /** The part of the response that PostHog's SDKs read. */
    private static final int MAX_DETAIL = 512;

    private final Compressor gzip;
    private final AtomicBoolean enabled;

    FlagRequestCompression(FlagCompression compression) {
        this.gzip = Compressor.of(Compression.GZIP, null);
        this.enabled = new AtomicBoolean(compression == FlagCompression.GZIP);
    }

    /**
     * A body to send.
     *
     * @param encoding the value of {@code Content-Encoding}; null for none
     */
    record Body(byte[] bytes, String encoding) {
    }

    Body encode(byte[] json) {
        return enabled.get() && json.length >= MIN_LENGTH ? new Body(gzip.compress(json, json.length), gzip.encoding())
                : new Body(json, null);
    }

    /**
     * Returns whether the host could not decompress a body, by the response by which PostHog's SDKs recognize that. Any other
     * response with the status 400 or 415 has another cause.
     */
    static boolean isRejected(Throwable failure) {
        if (!(failure instanceof PostHogApiException api) || api.status() != 400) {
            return false;
        }
        String detail = api.detail().orElse("");
        String text = detail.substring(0, Math.min(detail.length(), MAX_DETAIL)).toLowerCase(Locale.ROOT);
        return Stream.of("gzip", "decompress", "unexpected end of file").anyMatch(text::contains);
    }

    /** Sends all further bodies uncompressed. Returns whether they were compressed until now. */
    boolean disable() {
        return enabled.getAndSet(false);
    }

    @Override
    public void close() {
        gzip.close();
    }
}
