package io.quarkiverse.posthog.runtime.rest.api;

import java.util.List;
import java.util.Objects;
import java.util.OptionalLong;

/**
 * The envelope of PostHog's lists.
 *
 * @param count the total number of items; null for events and persons
 * @param next the link to the next page; null on the last page
 * @param results the items
 */
public record PageResponse<T>(Long count, String next, List<T> results) {

    public PageResponse {
        if (results == null || results.stream().anyMatch(Objects::isNull)) {
            throw new IllegalArgumentException("a list without 'results', or with null among them");
        }
    }

    /** Returns the total number of items, if PostHog returned it. */
    public OptionalLong total() {
        return count == null ? OptionalLong.empty() : OptionalLong.of(count);
    }
}
