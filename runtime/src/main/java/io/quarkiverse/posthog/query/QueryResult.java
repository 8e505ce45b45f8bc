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
 * @param hasMore whether PostHog truncated the result: at the {@code LIMIT} of the query, at the default limit of 100 rows, or
 *        at the maximum of 50,000 rows
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
