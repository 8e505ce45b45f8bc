package io.quarkiverse.posthog.insights;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

import io.quarkiverse.posthog.Paging;
import io.smallrye.common.annotation.CheckReturnValue;

/**
 * Which insights to list. Immutable: each method returns a changed copy.
 *
 * @param type the kind of insight, null for all
 * @param search part of the name, description or a tag; null for all
 * @param saved whether it was saved or is on a dashboard; null for all
 * @param favorited whether to list favorites only
 * @param tags only insights with one of these tags; empty for all
 * @param modifiedAfter only insights last changed after this, null for all
 * @param modifiedBefore only insights last changed before this, null for all
 * @param createdAfter only insights created after this, null for all
 * @param createdBefore only insights created before this, null for all
 * @param includeResults whether the insights come with their cached results, which is slow
 * @param paging how much to read
 */
public record InsightQuery(InsightType type, String search, Boolean saved, boolean favorited, List<String> tags,
        Instant modifiedAfter, Instant modifiedBefore, Instant createdAfter, Instant createdBefore, boolean includeResults,
        Paging paging) {

    public InsightQuery {
        tags = List.copyOf(tags);
    }

    /** All insights, without results. */
    public static InsightQuery create() {
        return new InsightQuery(null, null, null, false, List.of(), null, null, null, null, false, Paging.ALL);
    }

    /** Only insights of this kind. */
    @CheckReturnValue
    public InsightQuery type(InsightType type) {
        return new InsightQuery(type, search, saved, favorited, tags, modifiedAfter, modifiedBefore, createdAfter,
                createdBefore, includeResults, paging);
    }

    /** Only insights with this in their name, description or tags. */
    @CheckReturnValue
    public InsightQuery search(String search) {
        return new InsightQuery(type, search, saved, favorited, tags, modifiedAfter, modifiedBefore, createdAfter,
                createdBefore, includeResults, paging);
    }

    /** Only insights that were saved or are on a dashboard, or only the others. */
    @CheckReturnValue
    public InsightQuery saved(boolean saved) {
        return new InsightQuery(type, search, saved, favorited, tags, modifiedAfter, modifiedBefore, createdAfter,
                createdBefore, includeResults, paging);
    }

    /** Only favorites. */
    @CheckReturnValue
    public InsightQuery favorited(boolean favorited) {
        return new InsightQuery(type, search, saved, favorited, tags, modifiedAfter, modifiedBefore, createdAfter,
                createdBefore, includeResults, paging);
    }

    /** Only insights with this tag, or another one added the same way. */
    @CheckReturnValue
    public InsightQuery tag(String tag) {
        List<String> all = new ArrayList<>(tags);
        all.add(tag);
        return new InsightQuery(type, search, saved, favorited, all, modifiedAfter, modifiedBefore, createdAfter,
                createdBefore, includeResults, paging);
    }

    /** Only insights last changed between these, each of which may be null for open. */
    @CheckReturnValue
    public InsightQuery modified(Instant after, Instant before) {
        return new InsightQuery(type, search, saved, favorited, tags, after, before, createdAfter, createdBefore,
                includeResults, paging);
    }

    /** Only insights created between these, each of which may be null for open. */
    @CheckReturnValue
    public InsightQuery created(Instant after, Instant before) {
        return new InsightQuery(type, search, saved, favorited, tags, modifiedAfter, modifiedBefore, after, before,
                includeResults, paging);
    }

    /** Sets whether the insights come with their cached results, which is slow. */
    @CheckReturnValue
    public InsightQuery includeResults(boolean includeResults) {
        return new InsightQuery(type, search, saved, favorited, tags, modifiedAfter, modifiedBefore, createdAfter,
                createdBefore, includeResults, paging);
    }

    /** Sets how many insights to return at the most. */
    @CheckReturnValue
    public InsightQuery limit(int limit) {
        return paging(paging.limit(limit));
    }

    /** Leaves out this many insights at the start. */
    @CheckReturnValue
    public InsightQuery offset(int offset) {
        return paging(paging.offset(offset));
    }

    /** Sets how many insights to ask for in one request. */
    @CheckReturnValue
    public InsightQuery pageSize(int pageSize) {
        return paging(paging.pageSize(pageSize));
    }

    private InsightQuery paging(Paging paging) {
        return new InsightQuery(type, search, saved, favorited, tags, modifiedAfter, modifiedBefore, createdAfter,
                createdBefore, includeResults, paging);
    }
}
