package io.quarkiverse.posthog.featureflags;

import java.util.List;

import io.smallrye.common.annotation.CheckReturnValue;

/**
 * A change of a feature flag. Only what is set is changed. Immutable: each method returns a changed copy.
 *
 * @param active whether the flag is switched on, null to keep
 * @param name the description, null to keep
 * @param filters for whom the flag is on, as a whole; null to keep
 * @param rollout the new rollout of one condition, null to keep
 * @param tags all tags, null to keep
 * @param ensureExperienceContinuity whether a person keeps the value when they log in, null to keep
 * @param expectedVersion the version that the flag must still have, null to change whatever is there
 */
public record FeatureFlagUpdate(Boolean active, String name, FlagFilters filters, RolloutChange rollout, List<String> tags,
        Boolean ensureExperienceContinuity, Integer expectedVersion) {

    public FeatureFlagUpdate {
        if (filters != null && rollout != null) {
            throw new IllegalArgumentException("An update sets either the filters or the rollout of one condition: "
                    + "with filters, set the rollout on their conditions");
        }
        tags = tags == null ? null : List.copyOf(tags);
    }

    /** Changes nothing yet. */
    public static FeatureFlagUpdate create() {
        return new FeatureFlagUpdate(null, null, null, null, null, null, null);
    }

    /** Switches the flag on or off. */
    @CheckReturnValue
    public FeatureFlagUpdate active(boolean active) {
        return new FeatureFlagUpdate(active, name, filters, rollout, tags, ensureExperienceContinuity,
                expectedVersion);
    }

    /** Sets the text that PostHog's user interface shows as the description. */
    @CheckReturnValue
    public FeatureFlagUpdate name(String name) {
        return new FeatureFlagUpdate(active, name, filters, rollout, tags, ensureExperienceContinuity,
                expectedVersion);
    }

    /** Sets for whom the flag is on, in place of all conditions, variants and payloads it has. */
    @CheckReturnValue
    public FeatureFlagUpdate filters(FlagFilters filters) {
        return new FeatureFlagUpdate(active, name, filters, rollout, tags, ensureExperienceContinuity,
                expectedVersion);
    }

    /**
     * Sets the rollout and keeps everything else of the conditions.
     * <p>
     * Changes the condition that is for everyone, or the only one. For a flag where that is not clear the update fails
     * with an {@link IllegalArgumentException} before anything is changed: say which one with
     * {@link #rollout(int, double)}.
     *
     * @param percentage 0 to 100
     */
    @CheckReturnValue
    public FeatureFlagUpdate rollout(double percentage) {
        return new FeatureFlagUpdate(active, name, filters, new RolloutChange(null, percentage), tags,
                ensureExperienceContinuity,
                expectedVersion);
    }

    /**
     * Sets the rollout of one condition and keeps everything else of the conditions.
     *
     * @param conditionIndex which condition, from 0
     * @param percentage 0 to 100
     */
    @CheckReturnValue
    public FeatureFlagUpdate rollout(int conditionIndex, double percentage) {
        return new FeatureFlagUpdate(active, name, filters, new RolloutChange(conditionIndex, percentage), tags,
                ensureExperienceContinuity,
                expectedVersion);
    }

    /** Sets all tags. */
    @CheckReturnValue
    public FeatureFlagUpdate tags(List<String> tags) {
        return new FeatureFlagUpdate(active, name, filters, rollout, tags, ensureExperienceContinuity,
                expectedVersion);
    }

    /** Sets whether a person keeps the value when they log in. */
    @CheckReturnValue
    public FeatureFlagUpdate ensureExperienceContinuity(boolean ensureExperienceContinuity) {
        return new FeatureFlagUpdate(active, name, filters, rollout, tags, ensureExperienceContinuity, expectedVersion);
    }

    /**
     * Makes the update fail with {@link io.quarkiverse.posthog.PostHogConflictException} when somebody else changed the
     * flag since it was read.
     *
     * @param version the {@link FeatureFlag#version() version} that was read
     */
    @CheckReturnValue
    public FeatureFlagUpdate ifVersion(int version) {
        return new FeatureFlagUpdate(active, name, filters, rollout, tags, ensureExperienceContinuity, version);
    }

    /**
     * A new rollout of one condition.
     *
     * @param conditionIndex which condition, from 0; null for the one for everyone, or the only one
     * @param percentage 0 to 100
     */
    public record RolloutChange(Integer conditionIndex, double percentage) {

        public RolloutChange {
            Rollout.check(percentage);
            if (conditionIndex != null && conditionIndex < 0) {
                throw new IllegalArgumentException("conditionIndex must not be negative, but was " + conditionIndex);
            }
        }
    }
}
