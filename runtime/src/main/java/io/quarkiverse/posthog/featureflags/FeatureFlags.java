package io.quarkiverse.posthog.featureflags;

import io.quarkiverse.posthog.Page;
import io.smallrye.common.annotation.CheckReturnValue;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;

/**
 * Manages feature flags.
 * <p>
 * Requires {@code personal-api-key} with the scope {@code feature_flag:read} or {@code feature_flag:write}. PostHog bills
 * each request for a list of flags like a request for local evaluation. Do not poll lists.
 */
public interface FeatureFlags {

    /**
     * Lists all flags that are neither deleted nor archived, newest first. Shorthand for {@link #list(FeatureFlagQuery)}
     * with {@link FeatureFlagQuery#create}.
     */
    @CheckReturnValue
    default Multi<FeatureFlag> list() {
        return list(FeatureFlagQuery.create());
    }

    /** Lists all matching flags, newest first. Fetches pages on demand, one at a time. */
    @CheckReturnValue
    Multi<FeatureFlag> list(FeatureFlagQuery query);

    /** Returns one page of flags. */
    @CheckReturnValue
    Uni<Page<FeatureFlag>> page(FeatureFlagQuery query);

    /**
     * Returns a flag by its ID, even if it is deleted.
     * <p>
     * Fails with {@link io.quarkiverse.posthog.PostHogNotFoundException} if it does not exist.
     */
    @CheckReturnValue
    Uni<FeatureFlag> get(long id);

    /**
     * Returns a flag by its exact key, even if it is archived. This requests a list of flags, or two if the flag is
     * archived or does not exist.
     * <p>
     * Fails with {@link io.quarkiverse.posthog.PostHogNotFoundException} if it does not exist or is deleted.
     */
    @CheckReturnValue
    Uni<FeatureFlag> get(String key);

    /**
     * Creates a flag.
     * <p>
     * Fails with {@link io.quarkiverse.posthog.PostHogValidationException} if the key is already used (code {@code unique}).
     * If a soft-deleted flag has this key, PostHog deletes it permanently, and it cannot be restored.
     */
    @CheckReturnValue
    Uni<FeatureFlag> create(NewFeatureFlag flag);

    /**
     * Changes a flag. Only the fields that the update sets are sent.
     * <p>
     * An update that changes the rollout percentage reads the flag first, to keep the rest of its condition sets. An
     * update with {@link FeatureFlagUpdate#expectedVersion} also reads it first, and fails after a concurrent change with a
     * {@link io.quarkiverse.posthog.PostHogConflictException}. Any other update overwrites concurrent changes.
     */
    @CheckReturnValue
    Uni<FeatureFlag> update(long id, FeatureFlagUpdate update);

    /**
     * Soft-deletes a flag, which turns it off for all users. {@link #restore} restores it.
     * <p>
     * Fails with {@link FeatureFlagInUseException} if another object depends on the flag.
     *
     * @return the deleted flag; PostHog may have changed its key
     */
    @CheckReturnValue
    Uni<FeatureFlag> delete(long id);

    /**
     * Restores a soft-deleted flag.
     *
     * @return the flag; its key has a suffix if another flag uses the key now
     */
    @CheckReturnValue
    Uni<FeatureFlag> restore(long id);
}
