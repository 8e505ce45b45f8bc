package io.quarkiverse.posthog.emulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.GZIPOutputStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EmulatorCaptureTest extends EmulatorTestBase {

    private static final String SINGLE = "{\"api_key\": \"phc_emulator\", \"event\": \"viewed\", \"distinct_id\": \"user-1\"}";

    @ParameterizedTest
    @ValueSource(strings = { "/batch/", "/capture/", "/e/", "/track/", "/engage/", "/i/v0/e/", "/batch", "/i/v0/e" })
    void everyEndpointTakesAnEvent(String path) {
        var answer = client.capture(path, SINGLE);
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.body()).isEqualTo("{\"status\":1}");
        assertThat(client.get("/events/").each("event")).containsExactly("viewed");
    }

    @Test
    void batchKeepsUuidAndTimestamp() {
        Instant when = minutesAgo(5);
        client.capture("/batch/", """
                {"api_key": "phc_emulator", "batch": [
                  {"uuid": "%s", "event": "a", "distinct_id": "user-1", "timestamp": "%s", "properties": {"n": 42}}]}"""
                .formatted(uuid(7), when));
        var event = client.get("/events/" + uuid(7) + "/").json();
        assertThat(Instant.parse(event.get("timestamp").textValue())).isEqualTo(when);
        assertThat(event.get("properties").toString()).isEqualTo("{\"n\":42}");
    }

    @Test
    void bareListIsABatch() {
        client.capture("/e/", "[{\"event\": \"a\", \"distinct_id\": \"d\", \"properties\": {\"token\": \"phc_emulator\"}},"
                + "{\"event\": \"b\", \"properties\": {\"$token\": \"phc_emulator\", \"distinct_id\": \"d\"}}]");
        assertThat(client.get("/events/").each("event")).containsExactlyInAnyOrder("a", "b");
    }

    @Test
    void gzipIsTakenByHeaderAndByQuery() throws IOException {
        byte[] packed = packed(true);
        assertThat(client.sendBody("POST", "/batch/", BodyPublishers.ofByteArray(packed), Map.of("Content-Encoding", "gzip"))
                .status()).isEqualTo(200);
        assertThat(client.sendBody("POST", "/batch/?compression=gzip", BodyPublishers.ofByteArray(packed), Map.of())
                .status()).isEqualTo(200);
        assertThat(client.get("/events/").results()).hasSize(2);
    }

    @Test
    void deflateIsTaken() throws IOException {
        assertThat(client.sendBody("POST", "/batch/", BodyPublishers.ofByteArray(packed(false)),
                Map.of("Content-Encoding", "deflate")).status()).isEqualTo(200);
    }

    @Test
    void formIsTaken() {
        String form = "data=" + EmulatorClient.encode(SINGLE);
        assertThat(client.send("POST", "/e/", form, Map.of("Content-Type", "application/x-www-form-urlencoded")).status())
                .isEqualTo(200);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = { "{\"event\": \"a\", \"distinct_id\": \"d\"}|401",
            "{\"api_key\": \"phc_other\", \"event\": \"a\", \"distinct_id\": \"d\"}|401",
            "{\"api_key\": \"phx_emulator\", \"event\": \"a\", \"distinct_id\": \"d\"}|401", "{not json|400",
            "{\"api_key\": \"phc_emulator\", \"batch\": []}|400", "{\"api_key\": \"phc_emulator\", \"event\": \"a\"}|400",
            "{\"api_key\": \"phc_emulator\", \"distinct_id\": \"d\"}|400" })
    void badRequestsAreRefusedAsText(String body, int status) {
        var answer = client.capture("/capture/", body);
        assertThat(answer.status()).isEqualTo(status);
        assertThat(answer.header("content-type").orElse("")).startsWith("text/plain");
    }

    @Test
    void oneBadEventRefusesTheBatch() {
        assertThat(client.capture("/batch/", "{\"api_key\": \"phc_emulator\", \"batch\": ["
                + "{\"event\": \"a\", \"distinct_id\": \"d\"}, {\"event\": \"b\"}]}").status()).isEqualTo(400);
        assertThat(client.get("/events/").results()).isEmpty();
    }

    @Test
    void brokenGzipIsRefused() {
        assertThat(client.send("POST", "/batch/", SINGLE, Map.of("Content-Encoding", "gzip")).status()).isEqualTo(400);
    }

    @Test
    void tooLargeBodyIsRefused() {
        String body = "{\"api_key\": \"phc_emulator\", \"event\": \"" + "a".repeat(21 * 1024 * 1024) + "\"}";
        assertThat(client.capture("/batch/", body).status()).isEqualTo(413);
    }

    @Test
    void beaconHasNoAnswer() {
        var answer = client.capture("/e/?beacon=1", SINGLE);
        assertThat(answer.status()).isEqualTo(204);
        assertThat(answer.body()).isEmpty();
    }

    @Test
    void repeatedUuidIsStoredOnce() {
        String event = SINGLE.replace("}", ", \"uuid\": \"" + uuid(1) + "\"}");
        client.capture("/capture/", event);
        client.capture("/capture/", event);
        assertThat(client.get("/events/").results()).hasSize(1);
    }

    @Test
    void eventIsTheSameOnlyWithNameDistinctIdAndDay() {
        String event = SINGLE.replace("}", ", \"uuid\": \"" + uuid(1) + "\", \"timestamp\": \"2026-01-01T10:00:00Z\"}");
        client.capture("/capture/", event);
        client.capture("/capture/", event.replace("10:00", "11:00"));
        assertThat(client.control("GET", "/events", null).json()).hasSize(1);
        client.capture("/capture/", event.replace("2026-01-01", "2026-01-02"));
        client.capture("/capture/", event.replace("viewed", "clicked"));
        client.capture("/capture/", event.replace("user-1", "user-2"));
        assertThat(client.control("GET", "/", null).json().at("/counts/events").intValue()).isEqualTo(4);
    }

    @Test
    void longNamesAreCut() {
        capture("e".repeat(300), "d".repeat(300), "{}");
        var event = client.get("/events/").results().get(0);
        assertThat(event.get("event").textValue()).hasSize(200);
        assertThat(event.get("distinct_id").textValue()).hasSize(200);
    }

    @Test
    void placeholderIsAPersonLikeOthers() {
        capture("viewed", "anonymous", "{}");
        assertThat(client.get("/persons/").results()).hasSize(1);
    }

    @Test
    void importIsRemembered() {
        client.capture("/batch/", """
                {"api_key": "phc_emulator", "historical_migration": true, "batch": [{"event": "a", "distinct_id": "d"}]}""");
        assertThat(client.control("GET", "/events", null).json().at("/0/historical_migration").booleanValue()).isTrue();
    }

    @Test
    void wrongClockMayBeLeftAlone() {
        Instant then = minutesAgo(2 * 24 * 60);
        client.capture("/capture/", SINGLE.replace("}", ", \"sent_at\": \"" + then + "\", \"timestamp\": \"" + then
                + "\", \"properties\": {\"$ignore_sent_at\": true}}"));
        assertThat(client.control("GET", "/events", null).json().at("/0/timestamp").textValue())
                .startsWith(then.toString().substring(0, 19));
    }

    @Test
    void farFutureIsNow() {
        client.capture("/capture/", SINGLE.replace("}", ", \"timestamp\": \"" + Instant.now().plus(Duration.ofDays(1))
                + "\"}"));
        String stored = client.control("GET", "/events", null).json().at("/0/timestamp").textValue();
        assertThat(Instant.parse(stored)).isBeforeOrEqualTo(Instant.now());
    }

    @Test
    void wrongClockIsCorrectedBySentAt() {
        Instant clientNow = Instant.now().minus(Duration.ofDays(2));
        client.capture("/capture/", SINGLE.replace("}", ", \"sent_at\": \"" + clientNow + "\", \"timestamp\": \""
                + clientNow.minusSeconds(60) + "\"}"));
        Instant stored = Instant.parse(client.get("/events/").each("timestamp").get(0));
        assertThat(Duration.between(stored, Instant.now())).isBetween(Duration.ofSeconds(59), Duration.ofSeconds(70));
    }

    @Test
    void offsetCountsBackFromNow() {
        client.capture("/capture/", SINGLE.replace("}", ", \"offset\": 60000}"));
        Instant stored = Instant.parse(client.get("/events/").each("timestamp").get(0));
        assertThat(Duration.between(stored, Instant.now())).isBetween(Duration.ofSeconds(59), Duration.ofSeconds(70));
    }

    @Test
    void personPropertiesAreSetSetOnceAndUnset() {
        capture("viewed", "user-1", "{\"$set\": {\"a\": 1, \"b\": 1}, \"$set_once\": {\"c\": 1}}");
        capture("viewed", "user-1", "{\"$set\": {\"a\": 2}, \"$set_once\": {\"c\": 2}, \"$unset\": [\"b\"]}");
        assertThat(client.get("/persons/").results().get(0).get("properties").toString()).isEqualTo("{\"a\":2,\"c\":1}");
    }

    @Test
    void identifyMergesTheAnonymousPerson() {
        capture("viewed", "anon", "{\"$set\": {\"from\": \"ad\"}}");
        capture("viewed", "user-1", "{}");
        capture("$identify", "user-1", "{\"$anon_distinct_id\": \"anon\"}");
        var persons = client.get("/persons/").results();
        assertThat(persons).hasSize(1);
        assertThat(persons.get(0).get("distinct_ids").toString()).isEqualTo("[\"user-1\",\"anon\"]");
        assertThat(persons.get(0).get("properties").toString()).isEqualTo("{\"from\":\"ad\"}");
        assertThat(persons.get(0).get("is_identified").booleanValue()).isTrue();
    }

    @Test
    void aliasAddsADistinctId() {
        capture("$create_alias", "user-1", "{\"alias\": \"other\"}");
        assertThat(client.get("/persons/?distinct_id=other").results()).hasSize(1);
    }

    @Test
    void eventWithoutProfileMakesNoPerson() {
        capture("viewed", "user-1", "{\"$process_person_profile\": false}");
        assertThat(client.get("/persons/").results()).isEmpty();
        assertThat(client.get("/events/").results()).hasSize(1);
    }

    @Test
    void propertyNamedTokenIsNotTheProjectToken() {
        capture("password reset", "user-1", "{\"token\": \"of-the-mail\"}");
        assertThat(client.get("/events/").results().get(0).at("/properties/token").textValue()).isEqualTo("of-the-mail");
    }

    @Test
    void differentTokensInOneListAreRefused() {
        assertThat(client.capture("/e/", "[{\"token\": \"phc_emulator\", \"event\": \"a\", \"distinct_id\": \"d\"},"
                + "{\"token\": \"phc_other\", \"event\": \"a\", \"distinct_id\": \"d\"}]").status()).isEqualTo(401);
    }

    @Test
    void onlyBatchesMayBeLarge() {
        String body = SINGLE.replace("}", ", \"properties\": {\"x\": \"" + "a".repeat(2 * 1024 * 1024) + "\"}}");
        assertThat(client.capture("/capture/", body).status()).isEqualTo(413);
        assertThat(client.capture("/batch/", body).status()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(strings = { "", "data=" })
    void largeBodyMayBeCalledAForm(String start) {
        String body = start + SINGLE.replace("}", ", \"properties\": {\"x\": \"" + "a=b,".repeat(10_000) + "\"}}");
        assertThat(client.send("POST", "/e/", body, Map.of("Content-Type", "application/x-www-form-urlencoded")).status())
                .isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(strings = { "\"timestamp\": \"+999999999-12-31T00:00:00Z\", \"sent_at\": \"2020-01-01T00:00:00Z\"",
            "\"timestamp\": \"2026-01-01T00:00:00Z\", \"sent_at\": \"-999999999-01-01T00:00:00Z\"",
            "\"timestamp\": \"soon\"", "\"offset\": 9223372036854775807", "\"offset\": -9223372036854775808" })
    void timesOutOfRangeDoNotBreakIngestion(String times) {
        assertThat(client.capture("/e/", SINGLE.replace("}", ", " + times + "}")).status()).isEqualTo(200);
        String stored = client.control("GET", "/events", null).json().at("/0/timestamp").textValue();
        assertThat(Instant.parse(stored)).isBetween(Instant.parse("2026-01-01T00:00:00Z"), Instant.now());
    }

    @Test
    void clientClockMayComeInTheQuery() {
        Instant clientNow = Instant.now().minus(Duration.ofDays(2));
        client.capture("/e/?_=" + clientNow.toEpochMilli(), SINGLE.replace("}", ", \"timestamp\": \"" + clientNow + "\"}"));
        Instant stored = Instant.parse(client.get("/events/").each("timestamp").get(0));
        assertThat(Duration.between(stored, Instant.now())).isLessThan(Duration.ofSeconds(20));
    }

    @Test
    void eventIsListedHoweverDeepItIsNested() {
        capture("viewed", "user-1", "{\"a\":".repeat(120) + "1" + "}".repeat(120));
        assertThat(client.get("/events/").status()).isEqualTo(200);
    }

    @Test
    void numberThatJsonDoesNotHaveIsNull() {
        addEvent(1, "viewed", "user-1", minutesAgo(1), "{\"n\": 1e999}");
        assertThat(client.get("/events/").results().get(0).get("properties").toString()).isEqualTo("{\"n\":null}");
    }

    @ParameterizedTest
    @CsvSource({ "$identify,$anon_distinct_id,2", "$create_alias,alias,2", "$merge_dangerously,alias,1" })
    void identifiedPersonIsMergedOnDemandOnly(String event, String property, int persons) {
        capture("$identify", "user-1", "{}");
        capture(event, "user-2", "{\"" + property + "\": \"user-1\"}");
        assertThat(client.get("/persons/").results()).hasSize(persons);
    }

    private void capture(String event, String distinctId, String properties) {
        assertThat(client.capture("/capture/", """
                {"api_key": "phc_emulator", "event": "%s", "distinct_id": "%s", "properties": %s}"""
                .formatted(event, distinctId, properties)).status()).isEqualTo(200);
    }

    private static byte[] packed(boolean gzip) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (OutputStream out = gzip ? new GZIPOutputStream(bytes) : new DeflaterOutputStream(bytes)) {
            out.write(SINGLE.getBytes(StandardCharsets.UTF_8));
        }
        return bytes.toByteArray();
    }
}
