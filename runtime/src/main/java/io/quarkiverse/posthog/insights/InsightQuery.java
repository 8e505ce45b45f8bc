package io.quarkiverse.posthog.insights;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

import io.quarkiverse.posthog.Paging;
import io.smallrye.common.annotation.CheckReturnValue;

/**
 * A query for insights. Immutable: each method returns a modified copy.
 *
 * @param type the type, null for all insights
 * @param search part of the name, description or a tag; null for all
 * @param saved whether the insight was saved or is on a dashboard; null for all insights
 * @param favorited whether to list favorites only
 * @param tags the tags, one of which the insight must have; empty for all insights
 * @param modifiedAfter the exclusive lower bound of the last change; null for none
 * @param modifiedBefore the exclusive upper bound of the last change; null for none
 * @param createdAfter the exclusive lower bound of the creation time; null for none
 * @param createdBefore the exclusive upper bound of the creation time; null for none
 * @param includeResults whether the insights include their cached results, which is slow
 * @param paging the offset, the limit and the page size
 */
public record InsightQuery(InsightType type, String search, Boolean saved, boolean favorited, List<String> tags,
        Instant modifiedAfter, Instant modifiedBefore, Instant createdAfter, Instant createdBefore, boolean includeResults,
        Paging paging) {

    public InsightQuery {
        tags = List.copyOf(tags);
    }

    /** Returns a query for all insights, without results. */
    public static InsightQuery create() {
        return new InsightQuery(null, null, null, false, List.of(), null, null, null, null, false, Paging.ALL);
    }

    /** Selects insights of this type. */
    @CheckReturnValue
    public InsightQuery type(InsightType type) {
        return new InsightQuery(type, search, saved, favorited, tags, modifiedAfter, modifiedBefore, createdAfter,
                createdBefore, includeResults, paging);
    }

    /** Selects insights whose name, description or tags contain the given text. */
    @CheckReturnValue
    public InsightQuery search(String search) {
        return new InsightQuery(type, search, saved, favorited, tags, modifiedAfter, modifiedBefore, createdAfter,
                createdBefore, includeResults, paging);
    }

    /** Selects insights that were saved or are on a dashboard, or all others. */
    @CheckReturnValue
    public InsightQuery saved(boolean saved) {
        return new InsightQuery(type, search, saved, favorited, tags, modifiedAfter, modifiedBefore, createdAfter,
                createdBefore, includeResults, paging);
    }

    /** Selects favorites. */
    @CheckReturnValue
    public InsightQuery favorited(boolean favorited) {
        return new InsightQuery(type, search, saved, favorited, tags, modifiedAfter, modifiedBefore, createdAfter,
                createdBefore, includeResults, paging);
    }

    /** Selects insights with this tag. If you add several tags, selects insights with at least one of them. */
    @CheckReturnValue
    public InsightQuery tag(String tag) {
        List<String> all = new ArrayList<>(tags);
        all.add(tag);
        return new InsightQuery(type, search, saved, favorited, all, modifiedAfter, modifiedBefore, createdAfter,
                createdBefore, includeResults, paging);
    }

    /** Selects insights by the time of their last change. Either bound can be null. */
    @CheckReturnValue
    public InsightQuery modified(Instant after, Instant before) {
        return new InsightQuery(type, search, saved, favorited, tags, after, before, createdAfter, createdBefore,
                includeResults, paging);
    }

    /** Selects insights by the time of their creation. Either bound can be null. */
    @CheckReturnValue
    public InsightQuery created(Instant after, Instant before) {
        return new InsightQuery(type, search, saved, favorited, tags, modifiedAfter, modifiedBefore, after, before,
                includeResults, paging);
    }

    /** Sets whether the insights include their cached results, which is slow. */
    @CheckReturnValue
    public InsightQuery includeResults(boolean includeResults) {
        return new InsightQuery(type, search, saved, favorited, tags, modifiedAfter, modifiedBefore, createdAfter,
                createdBefore, includeResults, paging);
    }

    /** Sets the maximum number of insights to return. */
    @CheckReturnValue
    public InsightQuery limit(int limit) {
        return paging(paging.limit(limit));
    }

    /** Skips the given number of insights at the start. */
    @CheckReturnValue
    public InsightQuery offset(int offset) {
        return paging(paging.offset(offset));
    }

    /** Sets the number of insights per request. */
    @CheckReturnValue
    public InsightQuery pageSize(int pageSize) {
        return paging(paging.pageSize(pageSize));
    }

    private InsightQuery paging(Paging paging) {
        return new InsightQuery(type, search, saved, favorited, tags, modifiedAfter, modifiedBefore, createdAfter,
                createdBefore, includeResults, paging);
    }
}
