package io.quarkiverse.posthog.featureflags;

import java.util.List;

import io.smallrye.common.annotation.CheckReturnValue;

/**
 * A change of a feature flag. Only the fields that you set are changed. Immutable: each method returns a modified copy.
 *
 * @param active whether the flag is enabled; null to keep the current value
 * @param name the description; null to keep the current one
 * @param filters all condition sets, variants and payloads; null to keep the current ones
 * @param rollout the new rollout of one condition set; null to keep the current one
 * @param tags all tags; null to keep the current ones
 * @param ensureExperienceContinuity whether a person keeps the value after logging in; null to keep the current value
 * @param expectedVersion the version that the flag must have; null to update any version
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

    /** Returns an update without changes. */
    public static FeatureFlagUpdate create() {
        return new FeatureFlagUpdate(null, null, null, null, null, null, null);
    }

    /** Enables or disables the flag. */
    @CheckReturnValue
    public FeatureFlagUpdate active(boolean active) {
        return new FeatureFlagUpdate(active, name, filters, rollout, tags, ensureExperienceContinuity,
                expectedVersion);
    }

    /** Sets the description in the PostHog UI. */
    @CheckReturnValue
    public FeatureFlagUpdate name(String name) {
        return new FeatureFlagUpdate(active, name, filters, rollout, tags, ensureExperienceContinuity,
                expectedVersion);
    }

    /** Replaces all condition sets, variants and payloads. */
    @CheckReturnValue
    public FeatureFlagUpdate filters(FlagFilters filters) {
        return new FeatureFlagUpdate(active, name, filters, rollout, tags, ensureExperienceContinuity,
                expectedVersion);
    }

    /**
     * Sets the rollout percentage, and keeps the rest of the condition sets.
     * <p>
     * Changes the condition set for all persons, or the only one. If the flag has several other condition sets, the update
     * fails with an {@link IllegalArgumentException} before anything is changed. Select one with
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
     * Sets the rollout percentage of one condition set, and keeps the rest of the condition sets.
     *
     * @param conditionIndex the index of the condition set, from 0
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

    /** Sets whether a person keeps the value after logging in. */
    @CheckReturnValue
    public FeatureFlagUpdate ensureExperienceContinuity(boolean ensureExperienceContinuity) {
        return new FeatureFlagUpdate(active, name, filters, rollout, tags, ensureExperienceContinuity, expectedVersion);
    }

    /**
     * Sets the expected version. If the flag was changed after you read it, the update fails with a
     * {@link io.quarkiverse.posthog.PostHogConflictException}.
     *
     * @param version the {@link FeatureFlag#version() version} that was read
     */
    @CheckReturnValue
    public FeatureFlagUpdate expectedVersion(int version) {
        return new FeatureFlagUpdate(active, name, filters, rollout, tags, ensureExperienceContinuity, version);
    }

    /**
     * A new rollout percentage of one condition set.
     *
     * @param conditionIndex the index of the condition set, from 0; null for the condition set for all persons, or the only one
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
