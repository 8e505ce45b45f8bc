package io.quarkiverse.posthog.query;

import java.time.Instant;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Map;

/**
 * The result of a HogQL query.
 *
 * @param columns the columns; several with the same name are numbered, see {@link QueryColumn#name()}
 * @param rows the rows
 * @param hasMore whether there were more rows than the {@code LIMIT}, than the 100 PostHog returns without one, or than the
 *        50,000 it returns at the most
 * @param isCached whether the result comes from PostHog's cache
 * @param lastRefresh when the result was computed; may be null
 * @param hogql the query as PostHog ran it; may be null
 * @param additionalProperties all other fields of the response, by their JSON names, such as {@code timings}
 */
public record QueryResult(List<QueryColumn> columns, List<QueryRow> rows, boolean hasMore, boolean isCached,
        Instant lastRefresh, String hogql, Map<String, Object> additionalProperties) implements Iterable<QueryRow> {

    public QueryResult {
        columns = QueryColumn.distinct(columns);
        rows = List.copyOf(rows);
        additionalProperties = additionalProperties == null ? Map.of() : Collections.unmodifiableMap(additionalProperties);
    }

    @Override
    public Iterator<QueryRow> iterator() {
        return rows.iterator();
    }
}
