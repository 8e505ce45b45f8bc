package io.quarkiverse.posthog.runtime.flags.local.bucketing;

/**
 * The share of IDs that a rollout or a holdout of a rule includes.
 *
 * @param prefix the bytes before the ID in the hash
 * @param percentage from 0 to 100
 */
public record IdShare(byte[] prefix, double percentage) {

    private static final double ALL = 100;

    public boolean includes(IdHasher hasher, String id) {
        return percentage == ALL || hasher.hash(prefix, id, BucketingHasher.NO_SALT) <= percentage / ALL;
    }
}
