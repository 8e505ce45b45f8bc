package io.quarkiverse.posthog.runtime.resources;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Collections;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.quarkiverse.posthog.query.QueryColumn;
import io.quarkiverse.posthog.query.QueryResult;
import io.quarkiverse.posthog.query.QueryRow;

class QueryLimitTest {

    @ParameterizedTest
    @ValueSource(strings = { "select 1 from events limit 100", "SELECT 1 FROM events\nLIMIT\t{rows}",
            "select f(a, (b)) from (select 1 from events) limit 100 offset 3" })
    void aLimitOfTheQueryItself(String hogql) {
        assertThat(QueryLimit.of(hogql).truncatedByServer(result(100))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = { "select 1 from events", "select 1 from (select 1 from events limit 5)",
            "select 'limit 5' from events", "select 'it\\'s limit 5' from events", "select 'a''limit 5' from events",
            "select \"limit\" from events", "select `limit` from events", "select 1 from events -- limit 5",
            "select /* limit\n5 */ 1 from events", "select unlimited from events" })
    void noLimitOfTheQueryItself(String hogql) {
        assertThat(QueryLimit.of(hogql).truncatedByServer(result(100))).hasValueSatisfying(
                reason -> assertThat(reason).contains("100 rows").contains("no LIMIT"));
    }

    @Test
    void moreThanPostHogReturns() {
        assertThat(QueryLimit.of("select 1 from events limit 200000").truncatedByServer(result(50_000))).isPresent();
        assertThat(QueryLimit.of("select 1 from events limit {rows}").truncatedByServer(result(50_000))).isPresent();
        assertThat(QueryLimit.of("select 1 from events limit 50000").truncatedByServer(result(50_000))).isEmpty();
    }

    @Test
    void nothingIsCutWithoutMore() {
        QueryResult all = new QueryResult(List.of(), List.of(), false, false, null, null, Map.of());

        assertThat(QueryLimit.of("select 1 from events").truncatedByServer(all)).isEmpty();
    }

    private static QueryResult result(int rows) {
        List<QueryColumn> columns = List.of(new QueryColumn("n", "UInt8"));
        return new QueryResult(columns, Collections.nCopies(rows, new QueryRow(columns, List.of(1))), true, false, null, null,
                Map.of());
    }

    @Test
    void semicolonsAtTheEndAreRemoved() {
        assertThat(QueryLimit.limited("select 1", 5)).isEqualTo("select 1\nLIMIT 5");
        assertThat(QueryLimit.limited("select ';' ; -- end", 5)).isEqualTo("select ';' \nLIMIT 5");
        assertThat(QueryLimit.limited("select 1 limit 9" + " ;".repeat(10_000), 5)).isEqualTo("select 1 limit 5 ");
        // In HogQL, the offset follows the limit, in contrast to ClickHouse
        assertThat(QueryLimit.limited("select 1 limit 9, 100", 5)).isEqualTo("select 1 limit 5, 100");
        assertThatThrownBy(() -> QueryLimit.limited("select 1; select 2", 5)).hasMessageContaining("more than one query");
        assertThatThrownBy(() -> QueryLimit.limited(";", 5)).hasMessageContaining("must begin with SELECT");
    }
}
