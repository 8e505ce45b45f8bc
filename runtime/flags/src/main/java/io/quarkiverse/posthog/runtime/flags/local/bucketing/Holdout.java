package io.quarkiverse.posthog.runtime.flags.local.bucketing;

import java.nio.charset.StandardCharsets;

import io.quarkiverse.posthog.runtime.flags.local.model.LocalResult.Value;

/** A part of the ids that experiments leave alone: the same part for every flag that has one. */
public final class Holdout {

    private static final byte[] PREFIX = "holdout-".getBytes(StandardCharsets.UTF_8);

    private final double share;
    private final Value value;

    public Holdout(double percentage, Value value) {
        this.share = Math.min(100, Math.max(0, percentage)) / 100;
        this.value = value;
    }

    /** @return null for those who are not held out */
    public Value value(BucketingHasher hasher, String id) {
        return hasher.of(PREFIX, id, BucketingHasher.NO_SALT) <= share ? value : null;
    }
}
