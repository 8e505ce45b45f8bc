package io.quarkiverse.posthog.featureflags;

import io.quarkiverse.posthog.Page;
import io.smallrye.common.annotation.CheckReturnValue;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;

/**
 * Feature flag management.
 * <p>
 * Needs {@code personal-api-key} with the scope {@code feature_flag:read} or {@code feature_flag:write}. PostHog bills
 * each list request of a personal key like a request for local evaluation: don't poll.
 */
public interface FeatureFlags {

    /** All flags that are neither deleted nor archived, the newest first. */
    @CheckReturnValue
    default Multi<FeatureFlag> list() {
        return list(FeatureFlagQuery.create());
    }

    /** All matching flags, the newest first. Pages are fetched on demand, one at a time. */
    @CheckReturnValue
    Multi<FeatureFlag> list(FeatureFlagQuery query);

    /** One page of flags. */
    @CheckReturnValue
    Uni<Page<FeatureFlag>> page(FeatureFlagQuery query);

    /**
     * One flag by id, also a deleted one.
     * <p>
     * Fails with {@link io.quarkiverse.posthog.PostHogNotFoundException} when there is none.
     */
    @CheckReturnValue
    Uni<FeatureFlag> get(long id);

    /**
     * One flag by its exact key, also an archived one. PostHog has to be asked for lists, at least one, two when the flag is
     * archived or does not exist.
     * <p>
     * Fails with {@link io.quarkiverse.posthog.PostHogNotFoundException} when there is none, or it is deleted.
     */
    @CheckReturnValue
    Uni<FeatureFlag> get(String key);

    /**
     * Creates a flag.
     * <p>
     * Fails with {@link io.quarkiverse.posthog.PostHogValidationException} when the key is taken (code {@code unique}).
     * A soft-deleted flag that holds the key is destroyed by PostHog and can't be restored any more.
     */
    @CheckReturnValue
    Uni<FeatureFlag> create(NewFeatureFlag flag);

    /**
     * Changes a flag. Only what the update sets is sent.
     * <p>
     * Changing the rollout reads the flag first, to keep the rest of its conditions; so does
     * {@link FeatureFlagUpdate#ifVersion}, which makes an edit by somebody else a
     * {@link io.quarkiverse.posthog.PostHogConflictException}. Without it, the last writer wins.
     */
    @CheckReturnValue
    Uni<FeatureFlag> update(long id, FeatureFlagUpdate update);

    /**
     * Soft-deletes a flag: it is off for everyone, and {@link #restore} brings it back.
     * <p>
     * Fails with {@link FeatureFlagInUseException} when something depends on the flag.
     *
     * @return the deleted flag; PostHog may have changed its key
     */
    @CheckReturnValue
    Uni<FeatureFlag> delete(long id);

    /**
     * Brings a soft-deleted flag back.
     *
     * @return the flag; its key has a suffix when another flag took the key meanwhile
     */
    @CheckReturnValue
    Uni<FeatureFlag> restore(long id);
}
