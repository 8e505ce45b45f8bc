package io.quarkiverse.posthog.query;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A column of a query result.
 *
 * @param name the name or alias. In a result whose query has the same name several times, all but the first have a number:
 *        {@code event}, {@code event_2}, {@code event_3}, skipping the names of other columns
 * @param type the ClickHouse type, such as {@code UInt64}; null if unknown
 */
public record QueryColumn(String name, String type) {

    /** Numbers columns with the same name, as {@link #name()} describes. */
    public static List<QueryColumn> distinct(List<QueryColumn> columns) {
        Set<String> names = columns.stream().map(QueryColumn::name).collect(Collectors.toCollection(HashSet::new));
        if (names.size() == columns.size()) {
            return List.copyOf(columns);
        }
        Map<String, Integer> numbers = new HashMap<>();
        List<QueryColumn> distinct = new ArrayList<>();
        for (QueryColumn column : columns) {
            int number = numbers.merge(column.name(), 1, Integer::sum);
            String name = column.name();
            while (number > 1 && !names.add(name = column.name() + "_" + number)) {
                number++;
            }
            numbers.put(column.name(), number);
            distinct.add(new QueryColumn(name, column.type()));
        }
        return List.copyOf(distinct);
    }
}
