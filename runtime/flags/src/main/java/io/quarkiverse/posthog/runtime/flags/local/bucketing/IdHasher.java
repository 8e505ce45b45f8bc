package io.quarkiverse.posthog.runtime.flags.local.bucketing;

/** Maps IDs to numbers from 0 to 1. */
public interface IdHasher {

    /**
     * @param prefix the bytes before the ID
     * @param salt the bytes after the ID
     */
    double hash(byte[] prefix, String id, byte[] salt);
}
