package io.quarkiverse.posthog.runtime.flags.local.bucketing;

import java.nio.charset.StandardCharsets;

import io.quarkiverse.posthog.runtime.flags.local.model.LocalResult.Value;

/** The share of IDs that experiments exclude. All flags with a holdout exclude the same IDs. */
public final class Holdout {

    private static final byte[] PREFIX = "holdout-".getBytes(StandardCharsets.UTF_8);

    private final double share;
    private final Value value;

    public Holdout(double percentage, Value value) {
        this.share = Math.min(100, Math.max(0, percentage)) / 100;
        this.value = value;
    }

    /** @return {@code null} if the ID is not in the holdout */
    public Value value(BucketingHasher hasher, String id) {
        return hasher.hash(PREFIX, id, BucketingHasher.NO_SALT) <= share ? value : null;
    }
}
