package io.quarkiverse.posthog.featureflags;

import java.util.ArrayList;
import java.util.List;

import io.quarkiverse.posthog.Paging;
import io.smallrye.common.annotation.CheckReturnValue;

/**
 * A query for feature flags. Immutable: each method returns a modified copy.
 *
 * @param search part of the key or the name, null for all
 * @param state the state, null for all flags
 * @param type the type, null for all flags
 * @param tags only flags with one of these tags; empty for all
 * @param archived whether to list archived flags instead of all others
 * @param paging the offset, the limit and the page size
 */
public record FeatureFlagQuery(String search, FeatureFlagState state, FeatureFlagType type, List<String> tags,
        boolean archived, Paging paging) {

    public FeatureFlagQuery {
        tags = List.copyOf(tags);
    }

    /** Returns a query for all flags that are neither deleted nor archived, newest first. */
    public static FeatureFlagQuery create() {
        return new FeatureFlagQuery(null, null, null, List.of(), false, Paging.ALL);
    }

    /** Selects flags whose key or name contains the given text. */
    @CheckReturnValue
    public FeatureFlagQuery search(String search) {
        return new FeatureFlagQuery(search, state, type, tags, archived, paging);
    }

    /** Selects enabled flags, or disabled flags. */
    @CheckReturnValue
    public FeatureFlagQuery active(boolean active) {
        return state(active ? FeatureFlagState.ACTIVE : FeatureFlagState.INACTIVE);
    }

    /** Selects flags in this state. */
    @CheckReturnValue
    public FeatureFlagQuery state(FeatureFlagState state) {
        return new FeatureFlagQuery(search, state, type, tags, archived, paging);
    }

    /** Selects flags of this type. */
    @CheckReturnValue
    public FeatureFlagQuery type(FeatureFlagType type) {
        return new FeatureFlagQuery(search, state, type, tags, archived, paging);
    }

    /** Selects flags with this tag. If you add several tags, selects flags with at least one of them. */
    @CheckReturnValue
    public FeatureFlagQuery tag(String tag) {
        List<String> all = new ArrayList<>(tags);
        all.add(tag);
        return new FeatureFlagQuery(search, state, type, all, archived, paging);
    }

    /** Sets whether to list archived flags instead of all others. */
    @CheckReturnValue
    public FeatureFlagQuery archived(boolean archived) {
        return new FeatureFlagQuery(search, state, type, tags, archived, paging);
    }

    /** Sets the maximum number of flags to return. */
    @CheckReturnValue
    public FeatureFlagQuery limit(int limit) {
        return new FeatureFlagQuery(search, state, type, tags, archived, paging.limit(limit));
    }

    /** Skips the given number of flags at the start. */
    @CheckReturnValue
    public FeatureFlagQuery offset(int offset) {
        return new FeatureFlagQuery(search, state, type, tags, archived, paging.offset(offset));
    }

    /** Sets the number of flags per request. */
    @CheckReturnValue
    public FeatureFlagQuery pageSize(int pageSize) {
        return new FeatureFlagQuery(search, state, type, tags, archived, paging.pageSize(pageSize));
    }
}
