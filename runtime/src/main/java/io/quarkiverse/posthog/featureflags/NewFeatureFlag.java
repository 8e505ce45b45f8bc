package io.quarkiverse.posthog.featureflags;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

import io.smallrye.common.annotation.CheckReturnValue;

/**
 * A feature flag to create. Immutable: each method returns a modified copy.
 *
 * @param key the key: letters, digits, {@code -} and {@code _}, at most 400 characters
 * @param name the description in the PostHog UI
 * @param active whether the flag is enabled
 * @param filters the condition sets, variants and payloads; without condition sets, {@code rolloutPercentage} applies
 * @param rolloutPercentage the percentage of all persons, 0 to 100; null is 100. Requires filters without condition sets
 * @param tags the tags
 * @param ensureExperienceContinuity whether a person keeps the value after logging in
 */
public record NewFeatureFlag(String key, String name, boolean active, FlagFilters filters, Double rolloutPercentage,
        List<String> tags, boolean ensureExperienceContinuity) {

    private static final Pattern KEY = Pattern.compile("[a-zA-Z0-9_-]{1,400}");

    public NewFeatureFlag {
        if (key == null || !KEY.matcher(key).matches()) {
            throw new IllegalArgumentException("A feature flag key must have 1 to 400 letters, digits, hyphens (-) and "
                    + "underscores (_), but was '" + key + "'");
        }
        if (rolloutPercentage != null) {
            Rollout.check(rolloutPercentage);
            if (!filters.groups().isEmpty()) {
                throw new IllegalArgumentException("Feature flag '" + key + "' has conditions and a rollout of its own: "
                        + "set the rollout on each condition, with FlagCondition.rollout(percentage)");
            }
        }
        name = name == null ? "" : name;
        tags = List.copyOf(tags);
    }

    /** Returns a flag that is on for all persons. */
    public static NewFeatureFlag of(String key) {
        return of(key, "");
    }

    /** Returns a flag that is on for all persons. */
    public static NewFeatureFlag of(String key, String name) {
        return new NewFeatureFlag(key, name, true, FlagFilters.create(), null, List.of(), false);
    }

    /** Sets whether the flag is enabled. The default is true. */
    @CheckReturnValue
    public NewFeatureFlag active(boolean active) {
        return new NewFeatureFlag(key, name, active, filters, rolloutPercentage, tags, ensureExperienceContinuity);
    }

    /** Sets the condition sets, variants and payloads. */
    @CheckReturnValue
    public NewFeatureFlag filters(FlagFilters filters) {
        return new NewFeatureFlag(key, name, active, filters, rolloutPercentage, tags, ensureExperienceContinuity);
    }

    /** Adds a condition set. The flag is on if at least one condition set matches. */
    @CheckReturnValue
    public NewFeatureFlag condition(FlagCondition condition) {
        return filters(filters.condition(condition));
    }

    /**
     * Turns the flag on for a percentage of all persons.
     *
     * @param percentage 0 to 100
     */
    @CheckReturnValue
    public NewFeatureFlag rollout(double percentage) {
        return new NewFeatureFlag(key, name, active, filters, percentage, tags, ensureExperienceContinuity);
    }

    /** Adds a tag. */
    @CheckReturnValue
    public NewFeatureFlag tag(String tag) {
        List<String> all = new ArrayList<>(tags);
        all.add(tag);
        return new NewFeatureFlag(key, name, active, filters, rolloutPercentage, all, ensureExperienceContinuity);
    }

    /** Sets whether a person keeps the value after logging in. */
    @CheckReturnValue
    public NewFeatureFlag ensureExperienceContinuity(boolean ensureExperienceContinuity) {
        return new NewFeatureFlag(key, name, active, filters, rolloutPercentage, tags, ensureExperienceContinuity);
    }
}
