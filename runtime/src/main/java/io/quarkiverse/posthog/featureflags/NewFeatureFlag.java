package io.quarkiverse.posthog.featureflags;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

import io.smallrye.common.annotation.CheckReturnValue;

/**
 * A feature flag to create. Immutable: each method returns a changed copy.
 *
 * @param key what code asks for; letters, digits, {@code -} and {@code _}, at most 400 characters
 * @param name the text that PostHog's user interface shows as the description
 * @param active whether the flag is switched on
 * @param filters for whom the flag is on; without a condition: for the share of everyone that {@code rolloutPercentage} says
 * @param rolloutPercentage the share of everyone, 0 to 100; null for 100. Only together with filters that have no condition
 * @param tags the tags
 * @param ensureExperienceContinuity whether a person keeps the value when they log in
 */
public record NewFeatureFlag(String key, String name, boolean active, FlagFilters filters, Double rolloutPercentage,
        List<String> tags, boolean ensureExperienceContinuity) {

    private static final Pattern KEY = Pattern.compile("[a-zA-Z0-9_-]{1,400}");

    public NewFeatureFlag {
        if (key == null || !KEY.matcher(key).matches()) {
            throw new IllegalArgumentException("The key of a feature flag is 1 to 400 letters, digits, hyphens (-) and "
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

    /** A flag that is on for everyone. */
    public static NewFeatureFlag of(String key) {
        return of(key, "");
    }

    /** A flag that is on for everyone. */
    public static NewFeatureFlag of(String key, String name) {
        return new NewFeatureFlag(key, name, true, FlagFilters.create(), null, List.of(), false);
    }

    /** Sets whether the flag is switched on; it is unless said otherwise. */
    @CheckReturnValue
    public NewFeatureFlag active(boolean active) {
        return new NewFeatureFlag(key, name, active, filters, rolloutPercentage, tags, ensureExperienceContinuity);
    }

    /** Sets for whom the flag is on. */
    @CheckReturnValue
    public NewFeatureFlag filters(FlagFilters filters) {
        return new NewFeatureFlag(key, name, active, filters, rolloutPercentage, tags, ensureExperienceContinuity);
    }

    /** Adds a condition; the flag is on where one of the conditions holds. */
    @CheckReturnValue
    public NewFeatureFlag condition(FlagCondition condition) {
        return filters(filters.condition(condition));
    }

    /**
     * Turns the flag on for this share of everyone.
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

    /** Sets whether a person keeps the value when they log in. */
    @CheckReturnValue
    public NewFeatureFlag ensureExperienceContinuity(boolean ensureExperienceContinuity) {
        return new NewFeatureFlag(key, name, active, filters, rolloutPercentage, tags, ensureExperienceContinuity);
    }
}
