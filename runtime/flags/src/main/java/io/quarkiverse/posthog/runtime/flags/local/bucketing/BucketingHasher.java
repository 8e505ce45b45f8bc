package io.quarkiverse.posthog.runtime.flags.local.bucketing;

import java.nio.charset.StandardCharsets;
import java.security.DigestException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** Maps IDs to numbers from 0 to 1, evenly, like PostHog. Not thread-safe. */
public final class BucketingHasher {

    public static final byte[] NO_SALT = {};
    public static final byte[] VARIANT = "variant".getBytes(StandardCharsets.UTF_8);

    private static final double SCALE = 0xFFFFFFFFFFFFFFFL;
    /** Bytes, for most ids. */
    private static final int ROOM = 128;
    private static final int MAX_KEPT = 4096;

    private final MessageDigest sha1;
    private final byte[] digest = new byte[20];
    private String id;
    private byte[] idBytes = new byte[ROOM];
    private int idLength;

    public BucketingHasher() {
        try {
            sha1 = MessageDigest.getInstance("SHA-1");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /** @param prefix the key of the flag and a dot, for most purposes */
    public double of(byte[] prefix, String id, byte[] salt) {
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

    /** Lets go of the id, and of the room for one that was long. */
    void reset() {
        id = null;
        if (idBytes.length > MAX_KEPT) {
            idBytes = new byte[ROOM];
        }
    }

    /** Many flags in a row have the same id. */
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
