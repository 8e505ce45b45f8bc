package io.quarkiverse.posthog.runtime.capture.queue;

import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.InstantSource;

import io.quarkiverse.posthog.runtime.capture.spool.Spool;
import io.quarkiverse.posthog.runtime.capture.spool.SpoolOptions;
import io.quarkiverse.posthog.runtime.config.CaptureConfig.SpoolConfig;
import io.quarkiverse.posthog.runtime.config.CaptureConfig.SpoolConfig.Fsync;
import io.quarkiverse.posthog.runtime.files.PrivateFiles;

/** Opens the spool of a batcher in its directory. */
public final class SpoolFactory {

    /** The maximum size of a segment. Small segments are deleted soon after their events are acknowledged. */
    private static final long SEGMENT = 8 << 20;

    private SpoolFactory() {
    }

    /** Encodes the name of the account, which can contain characters that are not allowed in file names. */
    public static Path of(Path directory, String account, String batcher) {
        String name = URLEncoder.encode(account, StandardCharsets.UTF_8).replace(".", "%2E").replace("*", "%2A");
        return directory.resolve(name).resolve(batcher);
    }

    /**
     * Creates the directory of an account, which will contain the directory of the batcher.
     *
     * @throws IOException if other users can write to it
     */
    public static Path create(Path directory, String account, String batcher) throws IOException {
        Path created = of(directory, account, batcher);
        PrivateFiles.parent(directory);
        PrivateFiles.subdirectory(created.getParent());
        return created;
    }

    /** Opens the spool. The queue forces it to the disk, so that several threads can share one operation. */
    public static Spool open(Path directory, SpoolConfig config, Spool.Listener listener) throws IOException {
        long max = config.maxSize().asLongValue();
        SpoolOptions options = new SpoolOptions(directory,
                config.fsync() == Fsync.NEVER ? SpoolOptions.Fsync.NEVER : SpoolOptions.Fsync.INTERVAL, max,
                Math.max(1, Math.min(SEGMENT, max / 4)), config.maxAge().isZero() ? null : config.maxAge());
        return Spool.open(options, InstantSource.system(), listener);
    }
}
