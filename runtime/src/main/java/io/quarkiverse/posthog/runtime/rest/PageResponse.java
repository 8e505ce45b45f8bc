package io.quarkiverse.posthog.runtime.rest;

import java.util.List;
import java.util.Objects;
import java.util.OptionalLong;

/**
 * The envelope of PostHog's lists.
 *
 * @param count how many there are in all; null for events and persons
 * @param next where the next page is; null on the last page
 * @param results the items
 */
public record PageResponse<T>(Long count, String next, List<T> results) {

    public PageResponse {
        if (results == null || results.stream().anyMatch(Objects::isNull)) {
            throw new IllegalArgumentException("a list without 'results', or with null among them");
        }
    }

    /** How many there are in all, as far as PostHog says so. */
    OptionalLong total() {
        return count == null ? OptionalLong.empty() : OptionalLong.of(count);
    }
}
