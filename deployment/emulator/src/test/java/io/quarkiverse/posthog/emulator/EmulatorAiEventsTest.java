package io.quarkiverse.posthog.emulator;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EmulatorAiEventsTest extends EmulatorTestBase {

    private static final int MEBIBYTE = 1024 * 1024;

    @ParameterizedTest
    @ValueSource(strings = { "/i/v0/ai/batch/", "/i/v0/ai/batch" })
    void aiEventsAreStoredWithTheOthers(String path) {
        var answer = client.capture(path, batch(event("$ai_generation", 1), event("$ai_span", 1)));
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.body()).isEqualTo("{\"status\":1}");
        assertThat(client.get("/events/").each("event")).containsExactlyInAnyOrder("$ai_generation", "$ai_span");
        assertThat(client.control("GET", "/events", null).json().findValuesAsText("endpoint"))
                .containsOnly("/i/v0/ai/batch");
    }

    @Test
    void otherEventsAreRefusedWithTheWholeBatch() {
        var answer = client.capture("/i/v0/ai/batch/", batch(event("$ai_span", 1), event("viewed", 1)));
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.body()).contains("'viewed' is not an AI event");
        assertThat(client.get("/events/").results()).isEmpty();
    }

    @Test
    void aiEventsMayBeLargerThanOthers() {
        assertThat(client.capture("/i/v0/ai/batch/", batch(event("$ai_span", 7 * MEBIBYTE))).status()).isEqualTo(200);
        var tooLarge = client.capture("/i/v0/ai/batch/", batch(event("$ai_span", 1), event("$ai_span", 8 * MEBIBYTE)));
        assertThat(tooLarge.status()).isEqualTo(413);
        assertThat(tooLarge.header("content-type").orElse("")).startsWith("text/plain");
        assertThat(client.get("/events/").results()).hasSize(1);
    }

    @Test
    void batchHasALimit() {
        String event = event("$ai_span", 7 * MEBIBYTE);
        assertThat(client.capture("/i/v0/ai/batch/", batch(event, event)).status()).isEqualTo(200);
        assertThat(client.capture("/i/v0/ai/batch/", batch(event, event, event)).status()).isEqualTo(413);
    }

    @Test
    void projectTokenIsRequired() {
        assertThat(client.capture("/i/v0/ai/batch/", "{\"batch\": [" + event("$ai_span", 1) + "]}").status()).isEqualTo(401);
    }

    @Test
    void ordinaryEndpointsTakeAiEventsToo() {
        assertThat(client.capture("/batch/", batch(event("$ai_span", 1))).status()).isEqualTo(200);
        assertThat(client.control("GET", "/events", null).json().at("/0/delivery/endpoint").textValue())
                .isEqualTo("/batch");
    }

    private static String batch(String... events) {
        return "{\"api_key\": \"phc_emulator\", \"batch\": [" + String.join(",", events) + "]}";
    }

    private static String event(String name, int size) {
        return "{\"event\": \"" + name + "\", \"distinct_id\": \"d\", \"properties\": {\"$ai_input\": \"" + "a".repeat(size)
                + "\"}}";
    }
}
