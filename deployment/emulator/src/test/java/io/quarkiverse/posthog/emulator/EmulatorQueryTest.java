package io.quarkiverse.posthog.emulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import com.fasterxml.jackson.databind.JsonNode;

class EmulatorQueryTest extends EmulatorTestBase {

    private final Instant first = minutesAgo(60);

    @BeforeEach
    void someEvents() {
        addEvent(1, "viewed", "user-1", first, "{\"amount\": 5, \"plan\": \"pro\", \"$set\": {\"city\": \"Bonn\"}}");
        addEvent(2, "viewed", "user-2", first.plusSeconds(1), "{\"amount\": 7.5}");
        addEvent(3, "bought", "user-1", first.plusSeconds(2), "{\"plan\": \"free\", \"deep\": {\"er\": [1]}}");
    }

    @Test
    void columnsAreNamedAndTyped() {
        var json = client.query("select uuid, event e, timestamp as t, count() n from events group by uuid, event, timestamp")
                .json();
        assertThat(json.get("columns").toString()).isEqualTo("[\"uuid\",\"e\",\"t\",\"n\"]");
        assertThat(json.get("types").toString()).isEqualTo("[[\"uuid\",\"UUID\"],[\"e\",\"String\"],"
                + "[\"t\",\"DateTime64(6, 'UTC')\"],[\"n\",\"UInt64\"]]");
    }

    @Test
    void cellsAreScalarsAndPropertiesAreText() {
        var row = client.query("select uuid, timestamp, properties, properties.amount from events limit 1").results().get(0);
        assertThat(row.get(0).textValue()).isEqualTo(uuid(1));
        assertThat(row.get(1).textValue()).isEqualTo(first.toString().replace("Z", ".000000Z"));
        assertThat(row.get(2).textValue()).startsWith("{\"amount\":5");
        assertThat(row.get(3).intValue()).isEqualTo(5);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
            "event = 'viewed'|1,2", "event != 'viewed'|3", "not event = 'viewed'|3", "properties.amount > 5|2",
            "properties.amount >= 5 and distinct_id = 'user-1'|1", "event = 'bought' or properties['plan'] = 'pro'|1,3",
            "event in ('bought', 'sold')|3", "event not in ('bought')|1,2", "event like 'view%'|1,2", "event like 'view_'|",
            "event ilike '%OUGH%'|3", "properties.amount is null|3", "properties.amount is not null|1,2",
            "properties.amount between 6 and 8|2", "person.properties.city = 'Bonn'|1,3", "lower(upper(event)) = 'bought'|3",
            "timestamp > now() - interval 2 hour|1,2,3", "timestamp < now() - interval 1 day|",
            "toDate(timestamp) <= today()|1,2,3", "length(event) = 6 and properties.plan = 'free'|3",
            "properties.deep.er is not null|3", "(event = 'viewed' and 1 = 1)|1,2" })
    void conditionsSelectRows(String condition, String expected) {
        var answer = client.query("select uuid from events where " + condition + " order by timestamp");
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        List<String> ids = expected == null ? List.of()
                : List.of(expected.split(",")).stream().map(n -> uuid(Integer.parseInt(n))).toList();
        assertThat(firstColumn(answer)).isEqualTo(ids);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = { "count()|3", "count(*)|3", "count(distinct distinct_id)|2", "uniq(event)|2",
            "min(properties.amount)|5", "max(properties.amount)|7.5", "sum(properties.amount)|12.5",
            "avg(properties.amount)|6.25", "countIf(event = 'viewed')|2", "min(toString(event))|\"bought\"",
            "sum(properties.amount) / 2 + 1|7.25" })
    void aggregatesWorkOverAllRows(String aggregate, String expected) {
        assertThat(client.query("select " + aggregate + " from events").results().get(0).get(0).toString())
                .isEqualTo(expected);
    }

    @Test
    void groupsAreOrderedByAlias() {
        assertThat(client.query("SELECT event, count() AS n FROM events GROUP BY event ORDER BY n DESC").results().toString())
                .isEqualTo("[[\"viewed\",2],[\"bought\",1]]");
    }

    @Test
    void groupsAreOrderedByPosition() {
        assertThat(client.query("select event, count() from events group by 1 order by 2 asc").results().toString())
                .isEqualTo("[[\"bought\",1],[\"viewed\",2]]");
    }

    @Test
    void limitAndOffsetCutTheRows() {
        var answer = client.query("select uuid from events order by timestamp desc limit 1 offset 1");
        assertThat(firstColumn(answer)).containsExactly(uuid(2));
        assertThat(answer.json().get("hasMore").booleanValue()).isTrue();
    }

    @Test
    void withoutLimitThereAreAHundredRows() {
        StringBuilder body = new StringBuilder("[{\"event\": \"e\", \"distinct_id\": \"d\"}");
        body.append(",{\"event\": \"e\", \"distinct_id\": \"d\"}".repeat(119)).append("]");
        client.control("POST", "/events", body.toString());
        var json = client.query("select * from events").json();
        assertThat(json.get("results")).hasSize(100);
        assertThat(json.get("hasMore").booleanValue()).isTrue();
    }

    @Test
    void valuesFillPlaceholders() {
        assertThat(firstColumn(client.query("select uuid from events where event = {name} and timestamp >= {from}", "name",
                "it's", "from", first.toString()))).isEmpty();
        assertThat(firstColumn(client.query("select uuid from events where event in {names}", "names", List.of("bought"))))
                .containsExactly(uuid(3));
    }

    @Test
    void keysetOverTimestampAndUuidFindsEveryEventOnce() {
        Instant tie = first.plusSeconds(30);
        for (int i = 10; i < 20; i++) {
            addEvent(i, tie);
        }
        List<String> found = new ArrayList<>();
        Object lastTime = "1970-01-01T00:00:00Z";
        Object lastUuid = uuid(0);
        while (true) {
            var rows = client.query("select timestamp, uuid from events where (timestamp, uuid) > ({t}, {u})"
                    + " order by timestamp asc, uuid asc limit 4", "t", lastTime, "u", lastUuid).results();
            if (rows.isEmpty()) {
                break;
            }
            rows.forEach(row -> found.add(row.get(1).textValue()));
            lastTime = rows.get(rows.size() - 1).get(0).textValue();
            lastUuid = rows.get(rows.size() - 1).get(1).textValue();
        }
        assertThat(found).hasSize(13).doesNotHaveDuplicates();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = { "select evnt from events|Unable to resolve field: evnt",
            "select uuid frm events|column 17", "select uuid from persons|unknown table \"persons\"",
            "select uuid from events where|end of query", "select f(uuid) from events|Unsupported function call 'f(...)'",
            "select uuid from events where event = 'x|unterminated", "select {a} from events|Unresolved placeholder: {a}",
            "select event, count() from events|not under aggregate function", "select uuid from events; drop|character ';'",
            "select person.nme from events|Unable to resolve field: nme" })
    void whatIsNotUnderstoodIsRefusedWithItsPlace(String sql, String detail) {
        var answer = client.query(sql);
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.text("type")).isEqualTo("validation_error");
        assertThat(answer.text("detail")).contains(detail);
    }

    @ParameterizedTest
    @ValueSource(strings = { "with a as (select 1) select * from a", "select distinct event from events",
            "select uuid from events e join persons p on e.person_id = p.id", "select uuid from persons",
            "select uuid from sessions", "select uuid from (select uuid from events)",
            "select uuid from events where event in (select event from events)",
            "select event, count() from events group by event having count() > 1", "select uuid from events union all select 1",
            "select case when event = 'a' then 1 else 2 end from events", "select count() over () from events",
            "select quantile(0.9)(properties.amount) from events", "select sum(distinct properties.amount) from events",
            "select lower(distinct event) from events", "select arrayMap(x -> x + 1, [1]) from events",
            "select properties.amount::int from events", "select event ? 1 : 2 from events", "select a || b from events",
            "select uuid from events limit 1 by event", "select uuid from events sample 0.1",
            "select toInt(event, 1) from events",
            "select timestamp - timestamp from events", "select elements_chain from events", "select session.id from events",
            "select min(1, 2) from events", "select uuid from events order by event nulls first", "select 1",
            "select uuid from events where event is not distinct from 'a'", "explain select 1",
            "/* all */ select * from events",
            "select now() - interval '1 day' from events", "select now() - interval 1 fortnight from events" })
    void sqlThatIsNotSupportedIsALimitationOfTheEmulator(String sql) {
        var answer = client.query(sql);
        assertThat(answer.status()).as(answer.body()).isEqualTo(400);
        assertThat(answer.text("detail")).startsWith("The PostHog emulator supports only a part of HogQL")
                .contains("PostHog may accept");
    }

    @ParameterizedTest
    @ValueSource(strings = { "select uuid from events where", "select uuid from events where event = 'x",
            "select {a} from events",
            "select {a from events", "select event, count() from events", "select uuid from events where count() > 1", "",
            "select uuid from events order by 7", "select sum(count()) from events",
            "select uuid from events where timestamp > 'soon'" })
    void sqlThatIsWrongIsNot(String sql) {
        var answer = client.query(sql);
        assertThat(answer.status()).as(answer.body()).isEqualTo(400);
        assertThat(answer.text("detail")).doesNotContain("emulator");
    }

    @Test
    void otherKindsAreRefused() {
        assertThat(client.post("/query/", "{\"query\": {\"kind\": \"PathsQuery\"}}").status()).isEqualTo(400);
        assertThat(client.post("/query/", "{}").text("code")).isEqualTo("required");
    }

    @Test
    void kindInThePathHasToMatch() {
        String body = "{\"query\": {\"kind\": \"HogQLQuery\", \"query\": \"select uuid from events\"}}";
        assertThat(client.post("/query/HogQLQuery/", body).status()).isEqualTo(200);
        assertThat(client.post("/query/TrendsQuery/", body).status()).isEqualTo(400);
    }

    @Test
    void asyncQueryIsReadyOnTheSecondPoll() {
        var started = startAsync("select uuid from events");
        assertThat(started.status()).isEqualTo(202);
        String path = "/query/" + started.json().at("/query_status/id").textValue() + "/";
        client.get(path);
        var complete = client.get(path);
        assertThat(complete.status()).isEqualTo(200);
        assertThat(complete.json().at("/query_status/results/results")).hasSize(3);
    }

    @Test
    void asyncQueryThatFailsTellsWhy() {
        String path = "/query/" + startAsync("select nothing from events").json().at("/query_status/id").textValue() + "/";
        client.get(path);
        var failed = client.get(path);
        assertThat(failed.status()).isEqualTo(400);
        assertThat(failed.json().at("/query_status/error_message").textValue()).contains("nothing");
    }

    @Test
    void cancelledQueryIsUnknown() {
        String path = "/query/" + startAsync("select uuid from events").json().at("/query_status/id").textValue() + "/";
        assertThat(client.delete(path).status()).isEqualTo(200);
        assertThat(client.get(path).status()).isEqualTo(404);
    }

    @ParameterizedTest
    @MethodSource("excessiveQueries")
    void excessiveQueriesAreRefused(String sql) {
        var answer = client.query(sql);
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.text("type")).isEqualTo("validation_error");
    }

    static List<String> excessiveQueries() {
        return List.of("select uuid from events where " + "(".repeat(50_000) + "1" + ")".repeat(50_000),
                "select uuid from events where 1" + " or 1".repeat(50_000),
                "select uuid from events where timestamp > now() - interval 2000000000 year");
    }

    @Test
    void numbersAndTextsOfOnePropertyCanBeSorted() {
        StringBuilder events = new StringBuilder("[");
        for (int i = 0; i < 300; i++) {
            String mixed = List.of(Integer.toString(i), "\"" + (300 - i) + "\"", "\"x" + i + "\"").get(i % 3);
            events.append(i == 0 ? "" : ",").append("{\"event\": \"e\", \"distinct_id\": \"d\", \"properties\": {\"m\": ")
                    .append(mixed).append("}}");
        }
        client.control("POST", "/events", events.append("]").toString());
        var answer = client.query("select properties.m from events where event = 'e' order by properties.m limit 1000");
        assertThat(answer.status()).isEqualTo(200);
        var cells = answer.results().valueStream().map(row -> row.get(0)).toList();
        assertThat(cells.subList(0, 100)).allMatch(JsonNode::isNumber);
        assertThat(cells.subList(100, 300)).extracting(JsonNode::asText).isSorted();
    }

    @Test
    void failingAsyncQueryDoesNotDisturbOthers() {
        String failing = "/query/"
                + startAsync("select toDateTime('-999999999-01-01T00:00:00Z') - interval 100 year from events")
                        .json().at("/query_status/id").textValue()
                + "/";
        String other = "/query/" + startAsync("select uuid from events").json().at("/query_status/id").textValue() + "/";
        client.get(failing);
        assertThat(client.get(failing).status()).isEqualTo(400);
        client.get(other);
        assertThat(client.get(other).status()).isEqualTo(200);
    }

    private EmulatorClient.Answer startAsync(String sql) {
        return client.post("/query/",
                "{\"refresh\": \"async\", \"query\": {\"kind\": \"HogQLQuery\", \"query\": \"" + sql + "\"}}");
    }

    private static List<String> firstColumn(EmulatorClient.Answer answer) {
        return answer.results().valueStream().map(row -> row.get(0).asText()).toList();
    }
}
