package io.quarkiverse.posthog.query;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;

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

    /** Returns the cell at an index, from 0; may be null. */
    public Object get(int index) {
        return values.get(index);
    }

    /**
     * Returns the cell of a column; may be null.
     *
     * @throws IllegalArgumentException if the column does not exist; the message lists the columns
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

    Cell cell(String column) {
        return new Cell(column, get(column));
    }

    /** Returns the cell of a column as text; null stays null. */
    public String getString(String column) {
        return cell(column).string();
    }

    /**
     * Returns the cell of a column as a boolean: true or false, also as text, or one of the numbers 1 and 0, which
     * ClickHouse returns for comparisons.
     *
     * @throws IllegalArgumentException if the column does not exist, or its cell is null or anything else
     */
    public boolean getBoolean(String column) {
        return cell(column).bool();
    }

    /**
     * Returns the cell of a column as a whole number. Numbers may be text, as in event properties.
     *
     * @throws IllegalArgumentException if the column does not exist, or its cell is null or not a whole number of 32 bits
     */
    public int getInt(String column) {
        return cell(column).int32();
    }

    /**
     * Returns the cell of a column as a whole number. Numbers may be text, as in event properties.
     *
     * @throws IllegalArgumentException if the column does not exist, or its cell is null or not a whole number of 64 bits
     */
    public long getLong(String column) {
        return cell(column).int64();
    }

    /**
     * Returns the cell of a column as a number. Numbers may be text, as in event properties.
     *
     * @throws IllegalArgumentException if the column does not exist, or its cell is null or not a number
     */
    public double getDouble(String column) {
        return cell(column).float64();
    }

    /**
     * Returns the cell of a column as a number with all its digits; null stays null. Numbers may be text, as in event
     * properties.
     *
     * @throws IllegalArgumentException if the column does not exist, or its cell is not a number
     */
    public BigDecimal getDecimal(String column) {
        return cell(column).decimal();
    }

    /**
     * Returns the cell of a column as a UUID, such as the UUID of an event or a person; null stays null.
     *
     * @throws IllegalArgumentException if the column does not exist, or its cell is not a UUID
     */
    public UUID getUuid(String column) {
        return cell(column).uuid();
    }

    /**
     * Returns the cell of a column as a date; null stays null. A date with time, such as the result of {@code
     * toStartOfDay}, is also accepted. Its date is returned as written, in the time zone of the value.
     *
     * @throws IllegalArgumentException if the column does not exist, or its cell is not an ISO date
     */
    public LocalDate getDate(String column) {
        return cell(column).date();
    }

    /**
     * Returns the cell of a column as a date with time in its time zone, which is the zone of the project; null stays null.
     *
     * @throws IllegalArgumentException if the column does not exist, or its cell is not an ISO date with time and zone
     */
    public OffsetDateTime getDateTime(String column) {
        return cell(column).dateTime();
    }

    /**
     * Returns the cell of a column as a point in time; null stays null.
     *
     * @throws IllegalArgumentException if the column does not exist, or its cell is not an ISO date with time and zone
     */
    public Instant getInstant(String column) {
        return cell(column).instant();
    }

    /**
     * Returns the cell of a column as a list, such as the result of {@code groupArray}; null stays null.
     *
     * @throws IllegalArgumentException if the column does not exist, or its cell is not a list
     */
    public List<?> getList(String column) {
        return cell(column).list();
    }

    /**
     * Converts the row to a record. Each component gets the cell of the column with its name; {@code distinctId} also gets
     * {@code distinct_id}. Other columns are ignored. Components may be text, numbers, booleans, UUIDs, dates, points in time,
     * enums, {@link java.util.Optional}s, and, from lists or JSON text such as {@code properties}, everything that Jackson
     * reads. Primitive components cannot be null.
     * <p>
     * In a native executable, the record needs {@code @RegisterForReflection}.
     *
     * @throws IllegalArgumentException if a component has no column or its cell has another type, naming the column, the value
     *         and a fix
     */
    public <T extends Record> T as(Class<T> type) {
        return RowMapping.map(this, type);
    }

    /**
     * Returns the cells by column name, in order. Columns with the same name have the names that
     * {@link QueryColumn#name()} describes. This is also the JSON form of the row.
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
