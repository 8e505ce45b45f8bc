package io.quarkiverse.posthog.emulator;

import static io.quarkiverse.posthog.emulator.EmulatorClient.encode;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EmulatorEventsTest extends EmulatorTestBase {

    private static final String ASCENDING = "orderBy=" + encode("[\"timestamp\"]");

    @Test
    void newestEventComesFirst() {
        addEvent(1, minutesAgo(3));
        addEvent(2, minutesAgo(2));
        assertThat(client.get("/events/").each("id")).containsExactly(uuid(2), uuid(1));
    }

    @ParameterizedTest
    @ValueSource(strings = { "[\"timestamp\"]", "[\"-timestamp\",\"event\"]", "[]", "\"-timestamp\"" })
    void anyOrderButTheDefaultIsAscending(String orderBy) {
        addEvent(1, minutesAgo(3));
        addEvent(2, minutesAgo(2));
        assertThat(client.get("/events/?orderBy=" + encode(orderBy)).each("id")).containsExactly(uuid(1), uuid(2));
    }

    @Test
    void boundsAreStrict() {
        Instant first = minutesAgo(10);
        addEvent(1, first);
        addEvent(2, first.plusSeconds(1));
        addEvent(3, first.plusSeconds(2));
        assertThat(client.get("/events/?after=" + first + "&before=" + first.plusSeconds(2)).each("id"))
                .containsExactly(uuid(2));
    }

    @Test
    void cloudLooksBackADayByDefault() {
        addEvent(1, minutesAgo(25 * 60));
        addEvent(2, minutesAgo(23 * 60));
        assertThat(client.get("/events/").each("id")).containsExactly(uuid(2));
    }

    @Test
    void selfHostedLooksBackWithoutLimit() {
        client.control("PUT", "/settings", "{\"cloud\": false}");
        addEvent(1, minutesAgo(600L * 24 * 60));
        assertThat(client.get("/events/").each("id")).containsExactly(uuid(1));
    }

    @ParameterizedTest
    @CsvSource({ "-7d,1", "-48h,1", "-1h,0", "-1w,1" })
    void datesMayBeRelative(String after, int found) {
        addEvent(1, minutesAgo(25 * 60));
        assertThat(client.get("/events/?after=" + after).results()).hasSize(found);
    }

    @Test
    void limitIsClampedSilently() {
        addEvents(1100, minutesAgo(60));
        var answer = client.get("/events/?limit=5000&" + ASCENDING);
        assertThat(answer.results()).hasSize(1000);
        assertThat(answer.json().get("next").isNull()).isFalse();
    }

    @Test
    void nextIsAbsoluteAndContinuesBehindTheLastRow() {
        Instant first = minutesAgo(10);
        for (int i = 0; i < 3; i++) {
            addEvent(i, first.plusSeconds(i));
        }
        var answer = client.get("/events/?limit=2&event=viewed&" + ASCENDING);
        URI next = URI.create(answer.text("next"));
        assertThat(next.getAuthority()).isEqualTo("localhost:" + emulator.port());
        assertThat(next.getQuery()).contains("limit=2", "event=viewed",
                "after=" + first.plusSeconds(1).toString().substring(0, 19)
                        + ".000000+00:00");
        var second = client.fetch(next.getRawPath() + "?" + next.getRawQuery());
        assertThat(second.each("id")).containsExactly(uuid(2));
        assertThat(second.json().get("next").isNull()).isTrue();
    }

    @Test
    void nextFollowsForwardedHeaders() {
        addEvents(3, minutesAgo(10));
        var answer = client.send("GET", "/api/projects/1/events/?limit=1", null,
                Map.of("X-Forwarded-Proto", "https", "X-Forwarded-Host", "posthog.example.com"));
        assertThat(answer.text("next")).startsWith("https://posthog.example.com/api/projects/1/events/?limit=1&before=");
    }

    @Test
    void followersOfNextLoseTies() {
        Instant tie = minutesAgo(10);
        for (int i = 0; i < 3; i++) {
            addEvent(i, tie);
        }
        var answer = client.get("/events/?limit=2&" + ASCENDING);
        URI next = URI.create(answer.text("next"));
        assertThat(client.fetch(next.getRawPath() + "?" + next.getRawQuery()).results())
                .isEmpty();
    }

    @Test
    void shortPageEndsWhereAProbedWindowIsFullEnough() {
        addEvent(1, minutesAgo(30));
        addEvent(2, Instant.now().minusSeconds(20));
        var answer = client.get("/events/?limit=2");
        assertThat(answer.each("id")).containsExactly(uuid(2));
        assertThat(answer.json().get("next").isNull()).isTrue();
    }

    @Test
    void ascendingPagesAreNotProbed() {
        addEvent(1, minutesAgo(30));
        addEvent(2, Instant.now().minusSeconds(20));
        assertThat(client.get("/events/?limit=2&" + ASCENDING).results()).hasSize(2);
    }

    @Test
    void tiesKeepTheirOrderByDefault() {
        assertThat(ordersOfTies()).hasSize(1);
    }

    @Test
    void tiesMayBeShuffled() {
        client.control("PUT", "/settings", "{\"tieOrder\": \"shuffled\"}");
        assertThat(ordersOfTies()).hasSizeGreaterThan(1);
    }

    /** The different orders in which the same events come on some requests. */
    private Set<List<String>> ordersOfTies() {
        Instant tie = minutesAgo(10);
        for (int i = 0; i < 20; i++) {
            addEvent(i, tie);
        }
        Set<List<String>> orders = new HashSet<>();
        for (int i = 0; i < 5; i++) {
            orders.add(client.get("/events/?" + ASCENDING).each("id"));
        }
        return orders;
    }

    @Test
    void tooLargeOffsetIsRefused() {
        var answer = client.get("/events/?offset=50001");
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.text("detail")).isEqualTo("Offset is deprecated. Max supported offset value is 50000");
    }

    @Test
    void offsetThatIsNoNumberCountsAsZero() {
        addEvent(1, minutesAgo(1));
        assertThat(client.get("/events/?offset=many").results()).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = { "limit=many", "orderBy=timestamp", "after=-400d" })
    void badParametersThatPostHogDoesNotCheckAreServerErrors(String query) {
        assertThat(client.get("/events/?" + query).status()).isEqualTo(500);
    }

    @Test
    void unparsablePropertiesAreRefused() {
        var answer = client.get("/events/?properties=nonsense");
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.text("detail")).isEqualTo("Properties are unparsable!");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = { "exact|\"pro\"|1", "exact|[\"pro\",\"free\"]|1,2", "is_not|\"pro\"|2,3",
            "icontains|\"PR\"|1", "not_icontains|\"pr\"|2,3", "regex|\"^fr\"|2", "not_regex|\"^fr\"|1,3", "is_set|null|1,2",
            "is_not_set|null|3" })
    void propertiesFilterByText(String operator, String value, String expected) {
        addEvent(1, "viewed", "user-1", minutesAgo(3), "{\"plan\": \"pro\"}");
        addEvent(2, "viewed", "user-1", minutesAgo(2), "{\"plan\": \"free\"}");
        addEvent(3, "viewed", "user-1", minutesAgo(1), "{}");
        assertThat(filtered("plan", operator, value)).isEqualTo(ids(expected));
    }

    @ParameterizedTest
    @CsvSource({ "gt,5,2", "gte,5,1|2", "lt,7,1", "lte,7,1|2", "exact,5,1" })
    void propertiesFilterByNumber(String operator, String value, String expected) {
        addEvent(1, "viewed", "user-1", minutesAgo(3), "{\"amount\": 5}");
        addEvent(2, "viewed", "user-1", minutesAgo(2), "{\"amount\": 7.0}");
        assertThat(filtered("amount", operator, value)).isEqualTo(ids(expected));
    }

    @Test
    void eventAndPersonParametersFilter() {
        addEvent(1, "viewed", "user-1", minutesAgo(3), "{}");
        addEvent(2, "bought", "user-2", minutesAgo(2), "{}");
        String person = client.get("/persons/?distinct_id=user-2").results().get(0).get("uuid").asText();
        assertThat(client.get("/events/?event=viewed").each("id")).containsExactly(uuid(1));
        assertThat(client.get("/events/?distinct_id=user-2").each("id")).containsExactly(uuid(2));
        assertThat(client.get("/events/?person_id=" + person).each("id")).containsExactly(uuid(2));
    }

    @Test
    void personIsIncludedOnRequestOnly() {
        addEvent(1, "viewed", "user-1", minutesAgo(3), "{\"$set\": {\"email\": \"a@example.com\", \"plan\": \"pro\"}}");
        assertThat(client.get("/events/").results().get(0).get("person").isNull()).isTrue();
        var person = client.get("/events/?include_person=true").results().get(0).get("person");
        assertThat(person.get("properties").toString()).isEqualTo("{\"email\":\"a@example.com\"}");
    }

    @Test
    void singleEventIsFoundByUuid() {
        addEvent(1, minutesAgo(3));
        assertThat(client.get("/events/" + uuid(1) + "/").text("id")).isEqualTo(uuid(1));
    }

    @Test
    void malformedUuidHasItsOwnErrorBody() {
        assertThat(client.get("/events/123/").body())
                .isEqualTo("{\"detail\":\"Invalid UUID\",\"code\":\"invalid\",\"type\":\"validation_error\"}");
    }

    @Test
    void missingEventIsNotFound() {
        assertThat(client.get("/events/" + uuid(9) + "/").text("detail")).startsWith("No events exist for event UUID");
    }

    @Test
    void valuesNeedKeyAndEventName() {
        addEvent(1, "viewed", "user-1", minutesAgo(3), "{\"plan\": \"pro\"}");
        assertThat(client.get("/events/values/?event_name=viewed").status()).isEqualTo(400);
        assertThat(client.get("/events/values/?key=plan").status()).isEqualTo(400);
        assertThat(client.get("/events/values/?key=plan&event_name=viewed").body()).isEqualTo("[{\"name\":\"pro\"}]");
    }

    @Test
    void answersWarnOfTheDeprecation() {
        assertThat(client.get("/events/").header("X-PostHog-Warn")).isPresent();
    }

    private List<String> filtered(String key, String operator, String value) {
        String filter = "[{\"key\": \"%s\", \"operator\": \"%s\", \"value\": %s}]".formatted(key, operator, value);
        return client.get("/events/?" + ASCENDING + "&properties=" + encode(filter)).each("id");
    }

    private static List<String> ids(String numbers) {
        return List.of(numbers.split("[,|]")).stream().map(number -> uuid(Integer.parseInt(number))).toList();
    }

    private void addEvents(int count, Instant first) {
        StringBuilder body = new StringBuilder("[");
        for (int i = 0; i < count; i++) {
            body.append(i == 0 ? "" : ",").append("{\"event\": \"viewed\", \"distinct_id\": \"user-1\", \"timestamp\": \"")
                    .append(first.plusMillis(i)).append("\"}");
        }
        client.control("POST", "/events", body.append("]").toString());
    }
}
