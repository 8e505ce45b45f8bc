package io.quarkiverse.posthog.query;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A row of a query result.
 *
 * @param columns the columns of the result
 * @param values the cells, in the order of the columns: text, numbers, booleans, lists, or null; dates are ISO text,
 *        {@code properties} is JSON text, decimal numbers are {@link java.math.BigDecimal}s
 */
public record QueryRow(List<QueryColumn> columns, List<Object> values) {

    /** The cell at a position, from 0; may be null. */
    public Object get(int index) {
        return values.get(index);
    }

    /**
     * The cell of a column; may be null.
     *
     * @throws IllegalArgumentException when there is no such column; the message names those there are
     */
    public Object get(String column) {
        for (int i = 0; i < columns.size(); i++) {
            if (columns.get(i).name().equals(column)) {
                return values.get(i);
            }
        }
        throw new IllegalArgumentException("The query result has no column '" + column + "', but has "
                + columns.stream().map(QueryColumn::name).toList());
    }

    /** The cell of a column as text; null stays null. */
    public String getString(String column) {
        Object value = get(column);
        return value == null ? null : value.toString();
    }

    /**
     * The cell of a column as a whole number.
     *
     * @throws IllegalArgumentException when there is no such column, or its cell is null or no number
     */
    public long getLong(String column) {
        Object value = get(column);
        if (value instanceof Number number) {
            return number.longValue();
        }
        throw new IllegalArgumentException("The column '" + column + "' holds no number, but " + value);
    }

    /** The cells by column name, in order; of columns with the same name, the last one. */
    public Map<String, Object> asMap() {
        Map<String, Object> map = new LinkedHashMap<>();
        for (int i = 0; i < columns.size(); i++) {
            map.put(columns.get(i).name(), values.get(i));
        }
        return map;
    }
}
