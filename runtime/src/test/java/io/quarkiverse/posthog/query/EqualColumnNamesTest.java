package io.quarkiverse.posthog.query;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import com.fasterxml.jackson.databind.ObjectMapper;

/** Columns of a query that has the same name several times. */
class EqualColumnNamesTest {

    @ParameterizedTest
    @CsvSource({
            "event,                         event",
            "event count,                   event count",
            "event event,                   event event_2",
            "event event event,             event event_2 event_3",
            "event event event_2,           event event_3 event_2",
            "event_2 event event,           event_2 event event_3",
            "event event_2 event event_2,   event event_2 event_3 event_2_2",
            "event event event_2 event_3,   event event_4 event_2 event_3",
            "a b a b,                       a b a_2 b_2",
    })
    @Tag("RDG-3")
    void areNumbered(String names, String expected) {
        List<QueryColumn> columns = Arrays.stream(names.split(" ")).map(name -> new QueryColumn(name, "String")).toList();
        List<Object> cells = IntStream.range(0, columns.size()).<Object> mapToObj(i -> i).toList();

        QueryRow row = new QueryRow(columns, cells);

        assertThat(row.columns()).extracting(QueryColumn::name).containsExactly(expected.split(" "));
        assertThat(row.asMap().keySet()).containsExactly(expected.split(" "));
        assertThat(row.asMap().values()).containsExactlyElementsOf(cells);
        for (int i = 0; i < cells.size(); i++) {
            assertThat(row.getLong(expected.split(" ")[i])).isEqualTo(i);
        }
        assertThat(new QueryResult(columns, List.of(row), false, false, null, null, Map.of()).columns())
                .isEqualTo(row.columns());
    }

    @Test
    @Tag("RDG-3")
    void areAllInTheJson() throws Exception {
        QueryRow row = new QueryRow(List.of(new QueryColumn("event", "String"), new QueryColumn("event", "UInt64")),
                List.of("order placed", 7));

        assertThat(new ObjectMapper().writeValueAsString(row)).isEqualTo("{\"event\":\"order placed\",\"event_2\":7}");
        assertThat(row.columns()).extracting(QueryColumn::type).containsExactly("String", "UInt64");
    }

    /** As a hostile server might send them. */
    @Test
    void areNumberedInLinearTime() {
        List<QueryColumn> columns = Collections.nCopies(200_000, new QueryColumn("event", null));

        assertThat(QueryColumn.distinct(columns)).last().extracting(QueryColumn::name).isEqualTo("event_200000");
    }
}
