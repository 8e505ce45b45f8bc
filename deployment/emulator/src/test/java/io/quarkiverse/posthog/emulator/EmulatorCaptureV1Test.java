package io.quarkiverse.posthog.emulator;

import static io.quarkiverse.posthog.emulator.CaptureV1Client.event;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.time.Instant;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import com.fasterxml.jackson.databind.JsonNode;

import io.quarkiverse.posthog.emulator.EmulatorClient.Answer;

class EmulatorCaptureV1Test extends EmulatorTestBase {

    private CaptureV1Client v1;

    @BeforeEach
    void connect() {
        v1 = new CaptureV1Client(client);
    }

    @Test
    void batchIsStoredAndAnsweredByUuid() {
        var answer = v1.batch(event(1), event(2));
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.body()).isEqualTo("{\"results\":{\"%s\":{\"result\":\"ok\"},\"%s\":{\"result\":\"ok\"}}}"
                .formatted(uuid(1), uuid(2)));
        assertThat(answer.header("PostHog-Request-Id")).contains(CaptureV1Client.REQUEST_ID);
        assertThat(answer.header("Retry-After")).isEmpty();
        assertThat(client.get("/events/").results()).hasSize(2);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', nullValues = "none", value = { "Authorization|none|401|missing_authorization",
            "Authorization|Bearer phc_other|401|invalid_api_token", "Authorization|Bearer phx_emulator|401|invalid_api_token",
            "Authorization|Basic phc_emulator|400|invalid_header_value",
            "PostHog-Sdk-Info|none|400|missing_required_headers", "PostHog-Attempt|none|400|missing_required_headers",
            "PostHog-Request-Id|none|400|missing_required_headers",
            "PostHog-Request-Timestamp|none|400|missing_required_headers", "User-Agent|''|400|missing_required_headers",
            "Content-Type|text/plain|415|unsupported_content_type", "Content-Encoding|lz4|415|unsupported_encoding",
            "Content-Encoding|identity|415|unsupported_encoding", "PostHog-Attempt|0|400|invalid_header_value",
            "PostHog-Attempt|first|400|invalid_header_value", "PostHog-Request-Id|4711|400|invalid_header_value",
            "PostHog-Request-Timestamp|2026-01-01|400|invalid_header_value" })
    void headersAreChecked(String header, String value, int status, String error) {
        assertRefused(v1.with(header, value).batch(event(1)), status, error);
    }

    @Test
    void everyMissingHeaderIsNamed() {
        var answer = v1.with("PostHog-Attempt", null).with("PostHog-Sdk-Info", null).batch(event(1));
        assertThat(answer.text("error_description")).contains("PostHog-Attempt", "PostHog-Sdk-Info");
        assertThat(answer.text("error_uri")).startsWith("https://posthog.com/");
    }

    @ParameterizedTest
    @ValueSource(strings = { "bearer   phc_emulator ", "BEARER phc_emulator" })
    void schemeAndSpaceOfTheTokenDoNotMatter(String authorization) {
        assertThat(v1.with("Authorization", authorization).batch(event(1)).status()).isEqualTo(200);
    }

    @Test
    void contentTypeMayHaveACharset() {
        assertThat(v1.with("Content-Type", "Application/JSON; charset=utf-8").batch(event(1)).status()).isEqualTo(200);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', value = { "nonsense|request_parsing_error",
            "[]|request_parsing_error", "{\"batch\": []}|request_parsing_error",
            "{\"created_at\": \"2026-01-01T00:00:00Z\"}|request_parsing_error",
            "{\"created_at\": \"2026-01-01T00:00:00Z\", \"batch\": []}|empty_batch",
            "{\"created_at\": \"today\", \"batch\": []}|invalid_batch",
            "{\"api_key\": \"phc_emulator\", \"created_at\": \"2026-01-01T00:00:00Z\", \"batch\": []}|invalid_batch",
            "{\"token\": \"phc_emulator\", \"created_at\": \"2026-01-01T00:00:00Z\", \"batch\": []}|invalid_batch",
            "{\"sent_at\": \"2026-01-01T00:00:00Z\", \"created_at\": \"2026-01-01T00:00:00Z\", \"batch\": []}|invalid_batch",
            "{\"historical_migration\": 1, \"created_at\": \"2026-01-01T00:00:00Z\", \"batch\": []}|request_parsing_error" })
    void bodyIsChecked(String body, String error) {
        assertRefused(v1.send(body), 400, error);
    }

    @Test
    void emptyBodyIsRefused() {
        assertRefused(v1.send(BodyPublishers.noBody()), 400, "empty_body");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', value = { "\"event\": 1|request_parsing_error",
            "\"distinct_id\": 42|request_parsing_error", "\"timestamp\": null|request_parsing_error",
            "\"session_id\": 1|request_parsing_error", "\"uuid\": \"\"|missing_event_uuid",
            "\"uuid\": \"4711\"|invalid_event_uuid",
            "\"uuid\": \"00000000-0000-0000-0000-000000000001\"|duplicate_event_uuid" })
    void wrongShapeOfOneEventRefusesAll(String field, String error) {
        assertRefused(v1.batch(event(1), event(2, ", " + field)), 400, error);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', value = { "\"event\": \"\"|missing_event_name",
            "\"event\": \"$performance_event\"|dropped_performance_event", "\"distinct_id\": \"  \"|missing_distinct_id",
            "\"timestamp\": \"yesterday\"|invalid_event_timestamp", "\"properties\": []|malformed_event_properties",
            "\"options\": 1|invalid_options", "\"options\": {\"cookieless_mode\": \"maybe\"}|invalid_options",
            "\"options\": {\"product_tour_id\": true}|invalid_options" })
    void eventWithAWrongValueIsDroppedAlone(String field, String details) {
        assertDropped(field, details);
    }

    @Test
    void namesAndDistinctIdsHaveALimitInBytes() {
        assertDropped("\"event\": \"" + "é".repeat(101) + "\"", "event_name_too_long");
        assertDropped("\"distinct_id\": \"" + "a".repeat(201) + "\"", "distinct_id_too_large");
        assertThat(result(v1.batch(event(3, ", \"event\": \"" + "a".repeat(200) + "\"")), 3).path("result").asText())
                .isEqualTo("ok");
    }

    @Test
    void placeholderIsStoredWithoutAPerson() {
        var answer = v1.batch(event(1, ", \"distinct_id\": \" Anonymous \", \"properties\": {\"$set\": {\"a\": 1}}"));
        assertThat(result(answer, 1).toString())
                .isEqualTo("{\"result\":\"ok\",\"details\":\"person_processing_disabled\"}");
        assertThat(client.get("/events/").each("distinct_id")).containsExactly("Anonymous");
        assertThat(client.get("/persons/").results()).isEmpty();
    }

    @Test
    void headerFieldsAndOptionsBecomeProperties() {
        v1.with("PostHog-Sdk-Info", "acme/posthog/9.1").batch(event(1, """
                , "session_id": "s", "window_id": "w", "properties": {"n": 42, "$lib": "mine"}, "options": {
                "cookieless_mode": "TRUE", "disable_skew_correction": 0, "process_person_profile": false,
                "product_tour_id": 7, "unknown": []}"""));
        var properties = stored().at("/0/properties");
        assertThat(properties.toString()).contains("\"$session_id\":\"s\"", "\"$window_id\":\"w\"", "\"n\":42",
                "\"$cookieless_mode\":true", "\"$ignore_sent_at\":false", "\"$process_person_profile\":false",
                "\"$product_tour_id\":\"7\"", "\"$lib\":\"acme/posthog\"", "\"$lib_version\":\"9.1\"");
        assertThat(properties).hasSize(9);
        assertThat(client.get("/persons/").results()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = { "acme", "/1.0", "acme/", " / " })
    void sdkInfoThatCannotBeReadIsLeftOut(String info) {
        assertThat(v1.with("PostHog-Sdk-Info", info).batch(event(1)).status()).isEqualTo(200);
        assertThat(stored().at("/0/properties").has("$lib")).isFalse();
    }

    @Test
    void personPropertiesAreTakenFromTheProperties() {
        v1.batch(event(1, ", \"properties\": {\"$set\": {\"a\": 1}, \"$set_once\": {\"b\": 1}}, \"$set\": {\"c\": 1}"));
        assertThat(client.get("/persons/").results().at("/0/properties").toString()).isEqualTo("{\"a\":1,\"b\":1}");
    }

    @Test
    void wrongClockIsCorrectedByTheTimeOfTheRequest() {
        Instant clientNow = Instant.now().minus(Duration.ofDays(2));
        String times = ", \"timestamp\": \"" + clientNow.minusSeconds(60) + "\"";
        v1.with("PostHog-Request-Timestamp", clientNow.toString()).batch(event(1, times),
                event(2, times + ", \"options\": {\"disable_skew_correction\": true}"));
        assertThat(age(1)).isBetween(Duration.ofSeconds(59), Duration.ofSeconds(70));
        assertThat(age(2)).isGreaterThan(Duration.ofDays(2));
    }

    @Test
    void farFutureIsNowUnlessTheClockIsTrusted() {
        String times = ", \"timestamp\": \"" + Instant.now().plus(Duration.ofDays(2)) + "\"";
        v1.batch(event(1, times), event(2, times + ", \"options\": {\"disable_skew_correction\": true}"));
        assertThat(age(1)).isBetween(Duration.ZERO, Duration.ofSeconds(20));
        assertThat(age(2)).isNegative();
    }

    @Test
    void importIsRemembered() {
        v1.send("{\"created_at\": \"" + Instant.now() + "\", \"historical_migration\": true, \"batch\": [" + event(1) + "]}");
        assertThat(stored().at("/0/historical_migration").booleanValue()).isTrue();
    }

    private void assertDropped(String field, String details) {
        var answer = v1.batch(event(1), event(2, ", " + field));
        assertThat(answer.status()).isEqualTo(200);
        assertThat(result(answer, 1).toString()).isEqualTo("{\"result\":\"ok\"}");
        assertThat(result(answer, 2).toString()).isEqualTo("{\"result\":\"drop\",\"details\":\"" + details + "\"}");
        assertThat(client.get("/events/").each("id")).containsExactly(uuid(1));
    }

    private void assertRefused(Answer answer, int status, String error) {
        assertThat(answer.status()).isEqualTo(status);
        assertThat(answer.json().properties()).extracting(java.util.Map.Entry::getKey).containsExactly("error",
                "error_description", "error_uri");
        assertThat(answer.text("error")).isEqualTo(error);
        assertThat(stored()).isEmpty();
    }

    private static JsonNode result(Answer answer, int number) {
        return answer.json().path("results").path(uuid(number));
    }

    private JsonNode stored() {
        return client.control("GET", "/events", null).json();
    }

    private Duration age(int number) {
        Instant timestamp = stored().valueStream().filter(event -> event.get("uuid").asText().equals(uuid(number)))
                .map(event -> Instant.parse(event.get("timestamp").textValue())).findFirst().orElseThrow();
        return Duration.between(timestamp, Instant.now());
    }
}
