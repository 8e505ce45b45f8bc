package io.quarkiverse.posthog.query;

import java.util.Iterator;
import java.util.List;

/**
 * The result of a HogQL query.
 *
 * @param columns the columns
 * @param rows the rows
 * @param hasMore whether there were more rows than the {@code LIMIT}, or the 100 PostHog returns without one
 * @param hogql the query as PostHog ran it; may be null
 */
public record QueryResult(List<QueryColumn> columns, List<QueryRow> rows, boolean hasMore, String hogql)
        implements
            Iterable<QueryRow> {

    public QueryResult {
        columns = List.copyOf(columns);
        rows = List.copyOf(rows);
    }

    @Override
    public Iterator<QueryRow> iterator() {
        return rows.iterator();
    }
}
