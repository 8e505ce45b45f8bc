package io.quarkiverse.posthog.runtime.flags.local.bucketing;

import java.nio.charset.StandardCharsets;
import java.security.DigestException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** Maps IDs to evenly distributed numbers from 0 to 1, in the same way as PostHog. Not thread-safe. */
public final class BucketingHasher implements IdHasher {

    public static final byte[] NO_SALT = {};
    public static final byte[] VARIANT = "variant".getBytes(StandardCharsets.UTF_8);

    private static final double SCALE = 0xFFFFFFFFFFFFFFFL;
    /** Bytes that are sufficient for most IDs. */
    private static final int INITIAL_CAPACITY = 128;
    private static final int MAX_RETAINED_CAPACITY = 4096;

    private final MessageDigest sha1;
    private final byte[] digest = new byte[20];
    private String id;
    private byte[] idBytes = new byte[INITIAL_CAPACITY];
    private int idLength;

    public BucketingHasher() {
        try {
            sha1 = MessageDigest.getInstance("SHA-1");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /** {@inheritDoc} The prefix is the flag key or the seed of a rule and a dot, except for holdouts. */
    @Override
    public double hash(byte[] prefix, String id, byte[] salt) {
        encode(id);
        sha1.update(prefix, 0, prefix.length);
        sha1.update(idBytes, 0, idLength);
        sha1.update(salt, 0, salt.length);
        try {
            sha1.digest(digest, 0, digest.length);
        } catch (DigestException e) {
            throw new IllegalStateException(e);
        }
        return first15Digits() / SCALE;
    }

    /** Releases the ID, and the memory for a long ID. */
    void reset() {
        id = null;
        if (idBytes.length > MAX_RETAINED_CAPACITY) {
            idBytes = new byte[INITIAL_CAPACITY];
        }
    }

    /** Encodes the ID, unless the previous flag had the same ID. */
    private void encode(String id) {
        if (id == this.id) {
            return;
        }
        this.id = id;
        int length = id.length();
        if (length > idBytes.length) {
            idBytes = new byte[length];
        }
        for (int i = 0; i < length; i++) {
            char c = id.charAt(i);
            if (c >= 0x80) {
                idBytes = id.getBytes(StandardCharsets.UTF_8);
                idLength = idBytes.length;
                return;
            }
            idBytes[i] = (byte) c;
        }
        idLength = length;
    }

    private long first15Digits() {
        long bits = 0;
        for (int i = 0; i < Long.BYTES; i++) {
            bits = bits << Byte.SIZE | digest[i] & 0xFF;
        }
        return bits >>> 4;
    }
}
