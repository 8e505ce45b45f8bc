package io.quarkiverse.posthog.runtime.resources;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A query with a maximum number of rows. */
class QueryWithLimitTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', value = {
            "select 1 from events | select 1 from events~LIMIT 10",
            "select 1 from events limit 5 | select 1 from events limit 5",
            "select 1 from events LIMIT 500 offset 3 | select 1 from events LIMIT 10 offset 3",
            "select 'limit 5' from events -- limit 5 | select 'limit 5' from events -- limit 5~LIMIT 10",
            "select * from (select 1 from events limit 500) | select * from (select 1 from events limit 500)~LIMIT 10",
            "select 1 from events; | select 1 from events~LIMIT 10",
            "WITH x AS (select 1) select * from x | WITH x AS (select 1) select * from x~LIMIT 10",
            "(select 1) union all (select 2) | (select 1) union all (select 2)~LIMIT 10" })
    void theLimitIsAddedOrReduced(String query, String expected) {
        assertThat(QueryLimit.limited(query, 10)).isEqualTo(expected.replace('~', '\n'));
    }

    @Test
    void severalQueriesAreRejected() {
        assertThatIllegalArgumentException().isThrownBy(() -> QueryLimit.limited("select 1; select 2", 10))
                .withMessageContaining("more than one query");
    }

    @ParameterizedTest
    @ValueSource(strings = { "drop table events", "insert into events values (1)", "-- select\ndelete from events", "" })
    void queriesThatDoNotReadAreRejected(String query) {
        assertThatIllegalArgumentException().isThrownBy(() -> QueryLimit.limited(query, 10))
                .withMessageContaining("must begin with SELECT or WITH");
    }
}
