package io.quarkiverse.posthog.emulator;

import static io.quarkiverse.posthog.emulator.CaptureV1Client.event;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import com.fasterxml.jackson.databind.JsonNode;

/** What the control API tells of deliveries, and how it disturbs them. */
class EmulatorDeliveryTest extends EmulatorTestBase {

    private static final String SINGLE = "{\"api_key\": \"phc_emulator\", \"event\": \"$ai_span\", \"distinct_id\": \"d\"}";

    private CaptureV1Client v1;

    @BeforeEach
    void connect() {
        v1 = new CaptureV1Client(client);
    }

    @Test
    void eventTellsHowItArrived() {
        v1.with("PostHog-Attempt", "3").batch(event(1));
        var stored = events().get(0);
        var request = requests().get(0);
        assertThat(stored.get("request_id")).isEqualTo(request.get("id"));
        assertThat(request.get("wire_size").intValue()).isEqualTo(request.get("body").textValue().length());
        assertThat(stored.get("delivery").toString()).isEqualTo("""
                {"endpoint":"/i/v1/analytics/events","attempt":3,"client_request_id":"%s","content_encoding":null,\
                "wire_size":%s}""".formatted(CaptureV1Client.REQUEST_ID, request.get("wire_size")));
    }

    @Test
    void versionZeroTellsLess() {
        client.capture("/batch/", SINGLE);
        assertThat(events().at("/0/delivery").toString()).isEqualTo("""
                {"endpoint":"/batch","attempt":null,"client_request_id":null,"content_encoding":null,"wire_size":%d}"""
                .formatted(SINGLE.length()));
    }

    @Test
    void eventOfTheControlApiWasNotDelivered() {
        addEvent(1, minutesAgo(1));
        assertThat(events().at("/0/delivery").isNull()).isTrue();
    }

    @Test
    void failedRequestsAreCountedToo() {
        fault("\"status\": 503");
        v1.batch(event(1));
        v1.with("Authorization", null).batch(event(1));
        v1.with("PostHog-Attempt", "2").batch(event(1));
        assertThat(requests().findValuesAsText("status")).containsExactly("503", "401", "200");
        assertThat(events()).hasSize(1);
    }

    @Test
    void faultAnswersAsVersionOneDoes() {
        fault("\"status\": 503, \"retryAfter\": 2");
        var answer = v1.batch(event(1));
        assertThat(answer.status()).isEqualTo(503);
        assertThat(answer.text("error")).isEqualTo("service_unavailable");
        assertThat(answer.header("Retry-After")).contains("2");
        assertThat(answer.header("PostHog-Request-Id")).contains(CaptureV1Client.REQUEST_ID);
        assertThat(events()).isEmpty();
    }

    @Test
    void resultsAreGivenByPosition() {
        fault("\"times\": 1, \"results\": [\"retry\", null, {\"result\": \"drop\", \"details\": \"billing\"}, \"limited\"]");
        var first = v1.batch(event(1), event(2), event(3), event(4), event(5));
        assertThat(first.status()).isEqualTo(200);
        assertThat(first.json().get("results").findValuesAsText("result")).containsExactly("retry", "ok", "drop", "limited",
                "ok");
        assertThat(first.json().findValuesAsText("details")).containsExactly("billing");
        assertThat(first.header("Retry-After")).contains("1");
        assertThat(events().findValuesAsText("uuid")).containsExactlyInAnyOrder(uuid(2), uuid(4), uuid(5));
        assertThat(v1.with("PostHog-Attempt", "2").batch(event(1)).json().findValuesAsText("result")).containsExactly("ok");
        assertThat(events()).hasSize(4);
    }

    @Test
    void resultsMayTellWhenToComeBack() {
        fault("\"status\": 200, \"results\": [\"retry\"], \"retryAfter\": 0");
        assertThat(v1.batch(event(1)).header("Retry-After")).contains("0");
    }

    @Test
    void badEventIsNotStoredWhateverTheResult() {
        fault("\"results\": [\"warning\"]");
        assertThat(v1.batch(event(1, ", \"event\": \"\"")).json().findValuesAsText("result")).containsExactly("warning");
        assertThat(events()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = { "\"status\": 500, \"results\": [\"ok\"]", "\"dropConnection\": true, \"results\": [\"ok\"]",
            "\"results\": []", "\"results\": [1]", "\"results\": [{}]", "\"results\": \"retry\"" })
    void resultsAreChecked(String fields) {
        assertThat(client.control("POST", "/faults", "{\"path\": \"/\", " + fields + "}").status()).isEqualTo(400);
    }

    @ParameterizedTest
    @ValueSource(strings = { "/i/v0/ai", "/i/v1/" })
    void newEndpointsRunIntoFaults(String path) {
        client.control("POST", "/faults", "{\"path\": \"" + path + "\", \"dropConnection\": true, \"times\": 9}");
        assertThatThrownBy(() -> send(path)).isInstanceOf(UncheckedIOException.class);
        client.control("DELETE", "/faults", null);
        client.control("POST", "/faults", "{\"path\": \"" + path + "\", \"latencyMillis\": 300}");
        Instant start = Instant.now();
        assertThat(send(path).status()).isEqualTo(200);
        assertThat(Duration.between(start, Instant.now())).isGreaterThanOrEqualTo(Duration.ofMillis(290));
        assertThat(events()).hasSize(1);
    }

    private EmulatorClient.Answer send(String path) {
        return path.equals("/i/v1/") ? v1.batch(event(1)) : client.capture("/i/v0/ai/batch/", SINGLE);
    }

    private void fault(String fields) {
        assertThat(client.control("POST", "/faults", "{\"path\": \"/i/v1/analytics\", " + fields + "}").status())
                .isEqualTo(200);
    }

    private JsonNode events() {
        return client.control("GET", "/events", null).json();
    }

    private JsonNode requests() {
        return client.control("GET", "/requests", null).json();
    }
}
