package io.quarkiverse.posthog.query;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import com.fasterxml.jackson.annotation.JsonValue;

/**
 * A row of a query result.
 *
 * @param columns the columns of the result; see {@link QueryColumn#name()} for several with the same name
 * @param values the cells, in the order of the columns: text, numbers, booleans, lists, or null; dates are ISO text,
 *        {@code properties} is JSON text, decimal numbers are {@link java.math.BigDecimal}s
 */
public record QueryRow(List<QueryColumn> columns, List<Object> values) {

    public QueryRow {
        columns = QueryColumn.distinct(columns);
        values = Collections.unmodifiableList(new ArrayList<>(values));
    }

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
            if (Objects.equals(columns.get(i).name(), column)) {
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
     * @throws IllegalArgumentException when there is no such column, or its cell is null or no whole number of 64 bits
     */
    public long getLong(String column) {
        try {
            return number(column).longValueExact();
        } catch (ArithmeticException e) {
            throw new IllegalArgumentException("The column '" + column + "' holds no whole number of 64 bits, but "
                    + get(column), e);
        }
    }

    /**
     * The cell of a column as a number.
     *
     * @throws IllegalArgumentException when there is no such column, or its cell is null or no number
     */
    public double getDouble(String column) {
        return number(column).doubleValue();
    }

    private BigDecimal number(String column) {
        if (get(column) instanceof Number number) {
            return new BigDecimal(number.toString());
        }
        throw new IllegalArgumentException("The column '" + column + "' holds no number, but " + get(column));
    }

    /**
     * The cell of a column as a point in time; null stays null.
     *
     * @throws IllegalArgumentException when there is no such column, or its cell is no ISO date with time and zone
     */
    public Instant getInstant(String column) {
        String value = getString(column);
        try {
            return value == null ? null : OffsetDateTime.parse(value).toInstant();
        } catch (DateTimeParseException e) {
            throw new IllegalArgumentException("The column '" + column + "' holds no date with time and zone, but " + value,
                    e);
        }
    }

    /**
     * The cells by column name, in order. Several columns with the same name are all there, with the names that
     * {@link QueryColumn#name()} describes. Also the form of the row as JSON.
     */
    @JsonValue
    public Map<String, Object> asMap() {
        Map<String, Object> map = new LinkedHashMap<>();
        for (int i = 0; i < columns.size(); i++) {
            map.put(columns.get(i).name(), values.get(i));
        }
        return map;
    }
}
