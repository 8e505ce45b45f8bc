package io.quarkiverse.posthog.featureflags;

import java.util.ArrayList;
import java.util.List;

import io.quarkiverse.posthog.Paging;
import io.smallrye.common.annotation.CheckReturnValue;

/**
 * Which feature flags to list. Immutable: each method returns a changed copy.
 *
 * @param search part of the key or the name, null for all
 * @param state switched on, switched off or stale; null for all
 * @param type the kind of flag, null for all
 * @param tags only flags with one of these tags; empty for all
 * @param archived whether to list the archived flags instead of the others
 * @param paging how much to read
 */
public record FeatureFlagQuery(String search, FeatureFlagState state, FeatureFlagType type, List<String> tags,
        boolean archived, Paging paging) {

    public FeatureFlagQuery {
        tags = List.copyOf(tags);
    }

    /** All flags that are neither deleted nor archived, the newest first. */
    public static FeatureFlagQuery create() {
        return new FeatureFlagQuery(null, null, null, List.of(), false, Paging.ALL);
    }

    /** Only flags with this in their key or name. */
    @CheckReturnValue
    public FeatureFlagQuery search(String search) {
        return new FeatureFlagQuery(search, state, type, tags, archived, paging);
    }

    /** Only flags that are switched on, or only those that are switched off. */
    @CheckReturnValue
    public FeatureFlagQuery active(boolean active) {
        return state(active ? FeatureFlagState.ACTIVE : FeatureFlagState.INACTIVE);
    }

    /** Only flags in this state. */
    @CheckReturnValue
    public FeatureFlagQuery state(FeatureFlagState state) {
        return new FeatureFlagQuery(search, state, type, tags, archived, paging);
    }

    /** Only flags of this kind. */
    @CheckReturnValue
    public FeatureFlagQuery type(FeatureFlagType type) {
        return new FeatureFlagQuery(search, state, type, tags, archived, paging);
    }

    /** Only flags with this tag, or another one added the same way. */
    @CheckReturnValue
    public FeatureFlagQuery tag(String tag) {
        List<String> all = new ArrayList<>(tags);
        all.add(tag);
        return new FeatureFlagQuery(search, state, type, all, archived, paging);
    }

    /** Lists the archived flags instead of the others. */
    @CheckReturnValue
    public FeatureFlagQuery archived(boolean archived) {
        return new FeatureFlagQuery(search, state, type, tags, archived, paging);
    }

    /** Sets how many flags to return at the most. */
    @CheckReturnValue
    public FeatureFlagQuery limit(int limit) {
        return new FeatureFlagQuery(search, state, type, tags, archived, paging.limit(limit));
    }

    /** Leaves out this many flags at the start. */
    @CheckReturnValue
    public FeatureFlagQuery offset(int offset) {
        return new FeatureFlagQuery(search, state, type, tags, archived, paging.offset(offset));
    }

    /** Sets how many flags to ask for in one request. */
    @CheckReturnValue
    public FeatureFlagQuery pageSize(int pageSize) {
        return new FeatureFlagQuery(search, state, type, tags, archived, paging.pageSize(pageSize));
    }
}
