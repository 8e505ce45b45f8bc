package io.quarkiverse.posthog.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZonedDateTime;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.stream.Stream;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Cells by type, and rows as records. */
class TypedRowsTest {

    private static final String ID = "0193cccc-3333-7000-8000-000000000001";

    static Stream<Arguments> cells() {
        return Stream.of(
                cell(QueryRow::getBoolean, true, true), cell(QueryRow::getBoolean, false, false),
                cell(QueryRow::getBoolean, 1, true), cell(QueryRow::getBoolean, 0L, false),
                cell(QueryRow::getBoolean, new BigDecimal("1.0"), true), cell(QueryRow::getBoolean, "true", true),
                cell(QueryRow::getBoolean, "false", false), cell(QueryRow::getBoolean, "1", true),
                cell(QueryRow::getInt, 7, 7), cell(QueryRow::getInt, "7", 7), cell(QueryRow::getInt, new BigDecimal("7.0"), 7),
                cell(QueryRow::getLong, 9_007_199_254_740_993L, 9_007_199_254_740_993L),
                cell(QueryRow::getLong, "120", 120L), cell(QueryRow::getDouble, new BigDecimal("0.25"), 0.25),
                cell(QueryRow::getDecimal, new BigDecimal("49.90"), new BigDecimal("49.90")),
                cell(QueryRow::getDecimal, "49.90", new BigDecimal("49.90")),
                cell(QueryRow::getDecimal, new BigInteger("18446744073709551615"), new BigDecimal("18446744073709551615")),
                cell(QueryRow::getDecimal, null, null),
                cell(QueryRow::getUuid, ID, UUID.fromString(ID)), cell(QueryRow::getUuid, null, null),
                cell(QueryRow::getDate, "2026-11-20", LocalDate.of(2026, 11, 20)),
                cell(QueryRow::getDate, "2026-11-20T00:00:00-08:00", LocalDate.of(2026, 11, 20)),
                cell(QueryRow::getDate, "2026-11-20 10:15:00", LocalDate.of(2026, 11, 20)),
                cell(QueryRow::getDate, null, null),
                cell(QueryRow::getInstant, "2026-11-20T10:00:00.123456Z", Instant.parse("2026-11-20T10:00:00.123456Z")),
                cell(QueryRow::getInstant, "2026-11-20T10:00:00+01:00", Instant.parse("2026-11-20T09:00:00Z")),
                cell(QueryRow::getDateTime, "2026-11-20T10:00:00+01:00", OffsetDateTime.parse("2026-11-20T10:00:00+01:00")),
                cell(QueryRow::getList, List.of("a", 1), List.of("a", 1)), cell(QueryRow::getList, null, null));
    }

    @ParameterizedTest
    @MethodSource("cells")
    @Tag("RDG-4")
    void aCellHasTheTypeThatIsAskedFor(BiFunction<QueryRow, String, Object> getter, Object value, Object expected) {
        assertThat(getter.apply(row("a", value), "a")).isEqualTo(expected);
    }

    static Stream<Arguments> mismatches() {
        return Stream.of(
                cell(QueryRow::getBoolean, "yes", "does not contain a boolean, but the text 'yes'; select a comparison"),
                cell(QueryRow::getBoolean, 2, "does not contain a boolean, but the number 2"),
                cell(QueryRow::getBoolean, null, "does not contain a boolean, but null; use ifNull(..., false)"),
                cell(QueryRow::getInt, 3_000_000_000L,
                        "does not contain a whole number of 32 bits, but the number 3000000000; use getLong"),
                cell(QueryRow::getLong, new BigDecimal("1.5"),
                        "does not contain a whole number of 64 bits, but the number 1.5"),
                cell(QueryRow::getLong, null, "does not contain a number, but null; use ifNull(..., 0)"),
                cell(QueryRow::getLong, "abc", "does not contain a number, but the text 'abc'; convert it"),
                cell(QueryRow::getDecimal, true, "does not contain a number, but the boolean true"),
                cell(QueryRow::getDecimal, List.of(1), "does not contain a number, but the list [1]"),
                cell(QueryRow::getUuid, "1-1-1-1-1", "does not contain a UUID, but the text '1-1-1-1-1'; use getString"),
                cell(QueryRow::getUuid, 5, "does not contain a UUID, but the number 5"),
                cell(QueryRow::getDate, "20.11.2026",
                        "does not contain a date, but the text '20.11.2026'; convert it in the query with"),
                cell(QueryRow::getDate, 20_000, "does not contain a date, but the number 20000"),
                cell(QueryRow::getInstant, "2026-11-20",
                        "does not contain a date with time and zone, but the text '2026-11-20'"),
                cell(QueryRow::getList, "[1]", "does not contain a list, but the text '[1]'"),
                cell(QueryRow::getDouble, Map.of("a", 1), "does not contain a number, but the object {a=1}"),
                cell(QueryRow::getBoolean, new BigDecimal("1E+999999999"),
                        "does not contain a boolean, but the number 1E+999999999"),
                cell(QueryRow::getLong, "1E+999999999",
                        "does not contain a whole number of 64 bits, but the text '1E+999999999'"),
                cell(QueryRow::getDecimal, "1".repeat(100_000), "does not contain a number, but the text '1111"),
                cell(QueryRow::getDouble, "x".repeat(500),
                        "does not contain a number, but the text '" + "x".repeat(50) + "...'"));
    }

    @ParameterizedTest
    @MethodSource("mismatches")
    @Tag("RDG-4")
    void anotherTypeIsNamedWithTheColumnAndTheFix(BiFunction<QueryRow, String, Object> getter, Object value, String message) {
        assertThatIllegalArgumentException().isThrownBy(() -> getter.apply(row("amount", value), "amount"))
                .withMessageStartingWith("The column 'amount' " + message);
    }

    enum Plan {
        FREE,
        PRO
    }

    record Address(String city) {
    }

    record Everything(UUID uuid, String distinctId, boolean paid, Boolean refunded, int count, Long total, double rate,
            BigDecimal amount, LocalDate day, Instant timestamp, ZonedDateTime zoned, Plan plan, List<String> tags,
            Map<String, Object> properties, Address address, Optional<Integer> age, Optional<String> name, Object any) {
    }

    @Test
    @Tag("RDG-5")
    void aRowIsARecord() {
        Map<String, Object> cells = new LinkedHashMap<>();
        cells.put("uuid", ID);
        cells.put("distinct_id", "zoe");
        cells.put("paid", 1);
        cells.put("refunded", null);
        cells.put("count", 3);
        cells.put("total", 9_007_199_254_740_993L);
        cells.put("rate", new BigDecimal("0.5"));
        cells.put("amount", "49.90");
        cells.put("day", "2026-11-20");
        cells.put("timestamp", "2026-11-20T10:00:00Z");
        cells.put("zoned", "2026-11-20T10:00:00+01:00");
        cells.put("plan", "PRO");
        cells.put("tags", List.of("a", "b"));
        cells.put("properties", "{\"price\": 5}");
        cells.put("address", "{\"city\": \"Vienna\"}");
        cells.put("age", 42);
        cells.put("name", null);
        cells.put("any", "thing");
        cells.put("ignored", true);

        assertThat(row(cells).as(Everything.class)).isEqualTo(new Everything(UUID.fromString(ID), "zoe", true, null, 3,
                9_007_199_254_740_993L, 0.5, new BigDecimal("49.90"), LocalDate.of(2026, 11, 20),
                Instant.parse("2026-11-20T10:00:00Z"), ZonedDateTime.parse("2026-11-20T10:00:00+01:00"), Plan.PRO,
                List.of("a", "b"), Map.of("price", 5), new Address("Vienna"), Optional.of(42), Optional.empty(), "thing"));
    }

    record Total(String event, long total) {
    }

    record Huge(BigInteger total) {
    }

    record Checked(String event) {

        Checked {
            if (event.isBlank()) {
                throw new IllegalArgumentException("no event");
            }
        }
    }

    static Stream<Arguments> misfits() {
        return Stream.of(
                misfit(Total.class, Map.of("event", "purchase", "n", 1), "has no column 'total'", "event",
                        "select ... as total"),
                misfit(Total.class, Map.of("event", "a", "to_tal", 1, "tot_al", 2), "has several columns like 'total'"),
                misfit(Total.class, nulls("event", "total"),
                        "The column 'total' does not contain a value of type long, but null", "ifNull(", "Long",
                        "the component 'total' of the record " + Total.class.getName()),
                misfit(Total.class, Map.of("event", "a", "total", "many"),
                        "The column 'total' does not contain a number, but the text 'many'"),
                misfit(Everything.class, Map.of("uuid", "x"), "The column 'uuid' does not contain a UUID, but the text 'x'"),
                misfit(Huge.class, Map.of("total", "1E+999999999"),
                        "The column 'total' does not contain a whole number of at most 1000 digits"),
                misfit(Checked.class, Map.of("event", " "), "rejected the values of the row", "no event"));
    }

    @ParameterizedTest
    @MethodSource("misfits")
    @Tag("RDG-5")
    void aRowThatDoesNotFitIsNamedWithTheFix(Class<? extends Record> type, Map<String, Object> cells, List<String> message) {
        assertThatIllegalArgumentException().isThrownBy(() -> row(cells).as(type))
                .withMessageContainingAll(message.toArray(String[]::new));
    }

    private static Arguments misfit(Class<? extends Record> type, Map<String, Object> cells, String... message) {
        return Arguments.of(type, cells, List.of(message));
    }

    private static Map<String, Object> nulls(String... columns) {
        Map<String, Object> cells = new LinkedHashMap<>();
        Arrays.stream(columns).forEach(column -> cells.put(column, null));
        return cells;
    }

    private static <T> Arguments cell(BiFunction<QueryRow, String, T> getter, Object value, Object expected) {
        return Arguments.of(getter, value, expected);
    }

    private static QueryRow row(String column, Object value) {
        return new QueryRow(List.of(new QueryColumn(column, null)), Arrays.asList(value));
    }

    private static QueryRow row(Map<String, Object> cells) {
        Function<String, QueryColumn> column = name -> new QueryColumn(name, null);
        return new QueryRow(cells.keySet().stream().map(column).toList(), Arrays.asList(cells.values().toArray()));
    }
}
