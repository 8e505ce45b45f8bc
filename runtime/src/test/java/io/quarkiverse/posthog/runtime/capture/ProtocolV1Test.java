package io.quarkiverse.posthog.runtime.capture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import com.fasterxml.jackson.databind.JsonNode;

import io.quarkiverse.posthog.CaptureEvent;
import io.quarkiverse.posthog.capture.DropReason;
import io.quarkiverse.posthog.runtime.capture.IngestionStub.Answer;
import io.quarkiverse.posthog.runtime.capture.IngestionStub.Request;
import io.quarkiverse.posthog.runtime.capture.event.EventKind;

/** Protocol v1, which tells of each event. */
class ProtocolV1Test {

    @RegisterExtension
    final LogLines log = new LogLines();

    private final TestPipeline posthog = TestPipeline.of("capture.protocol", "v1");

    static Stream<Answer> passing() {
        return Stream.concat(Stream.of(IngestionStub.refusedConnection(), IngestionStub.timeout()),
                Stream.of(408, 500, 501, 502, 503, 504, 520).map(IngestionStub::status));
    }

    @Test
    @Tag("V1-2")
    void attemptsOfOneRequestAreCountedUnderOneIdWithATimeEach() {
        posthog.postHog.answering(IngestionStub.status(503), IngestionStub.status(502));

        posthog.capture("1");
        posthog.flush();
        posthog.retry();
        posthog.retry();
        posthog.capture("2");
        posthog.flush();

        List<Request> requests = posthog.postHog.requests();
        assertThat(requests).extracting(Request::attempt).containsExactly(1, 2, 3, 1);
        assertThat(requests.subList(0, 3)).extracting(Request::requestId).containsOnly(requests.get(0).requestId());
        assertThat(requests.get(3).requestId()).isNotEqualTo(requests.get(0).requestId());
        assertThat(requests).extracting(request -> Instant.parse(request.timestamp())).doesNotHaveDuplicates().isSorted();
        assertThat(requests).allSatisfy(request -> assertThat(UUID.fromString(request.requestId())).isNotNull());
    }

    @Test
    @Tag("V1-3")
    void theBodyHasTheTimeOfTheFirstAttemptAndNoKey() {
        posthog.postHog.answering(IngestionStub.status(503));
        Instant first = posthog.background.now();

        posthog.capture("1");
        posthog.flush();
        posthog.retry();

        assertThat(posthog.postHog.requests()).hasSize(2).extracting(Request::json).allSatisfy(body -> {
            assertThat(Set.copyOf(names(body))).isEqualTo(Set.of("created_at", "batch"));
            assertThat(Instant.parse(body.path("created_at").asText())).isEqualTo(first);
        });
        assertThat(posthog.postHog.request(0).body()).isEqualTo(posthog.postHog.request(1).body());
    }

    @Test
    @Tag("V1-4")
    void anEventHasItsIdsAtTheTopAndAllElseInItsProperties() {
        JsonNode event = sent(CaptureEvent.of("viewed", "zoey").property("plan", "pro").sessionId("s-1")
                .property("$window_id", "w-1").property("distinct_id", "someone else").group("company", "acme")
                .set(Map.of("email", "user@test.test")));

        assertThat(names(event)).containsExactlyInAnyOrder("event", "uuid", "distinct_id", "timestamp", "session_id",
                "window_id", "properties");
        assertThat(event.path("distinct_id").asText()).isEqualTo("zoey");
        assertThat(event.path("session_id").asText()).isEqualTo("s-1");
        assertThat(event.path("window_id").asText()).isEqualTo("w-1");
        assertThat(names(event.path("properties"))).containsExactlyInAnyOrder("plan", "$groups", "$set", "$is_server",
                "$geoip_disable");
    }

    @ParameterizedTest
    @CsvSource({ "true, true", "' TRUE ', true", "1, true", "0, false", "false, false", "yes, ", "'', " })
    @Tag("V1-5")
    void anOptionIsTakenFromItsPropertyIfItSaysYesOrNo(String value, Boolean option) {
        JsonNode event = sent(CaptureEvent.of("viewed", "zoey").property("$process_person_profile", value));

        assertThat(event.path("properties").has("$process_person_profile")).isFalse();
        if (option == null) {
            assertThat(event.has("options")).isFalse();
        } else {
            assertThat(event.at("/options/process_person_profile").booleanValue()).isEqualTo(option);
        }
    }

    @Test
    @Tag("V1-5")
    void optionsOfOtherTypes() {
        JsonNode event = sent(CaptureEvent.of("viewed", "zoey").property("$cookieless_mode", 2).property("$ignore_sent_at", 0.0)
                .property("$process_person_profile", List.of("no")).property("$product_tour_id", "tour-1"));

        assertThat(event.path("options").toString()).satisfies(options -> assertThat(options).contains(
                "\"cookieless_mode\":true", "\"disable_skew_correction\":false", "\"product_tour_id\":\"tour-1\"")
                .doesNotContain("process_person_profile"));
    }

    @Test
    @Tag("V1-6")
    @Tag("V1-7")
    void onlyWhatPostHogCouldNotStoreIsSentAgain() {
        posthog.postHog.answering(IngestionStub.results(20, "ok", "retry", "drop", "warning", "retry", "unheard of", null),
                IngestionStub.results("retry", "ok"));

        posthog.captureNumbers(1, 7);
        posthog.flush();
        posthog.background.advance(Duration.ofSeconds(19));
        assertThat(posthog.postHog.requests()).as("PostHog asked to wait").hasSize(1);
        posthog.background.advance(Duration.ofSeconds(1));
        posthog.retry();

        assertThat(posthog.postHog.names()).containsExactly(List.of("1", "2", "3", "4", "5", "6", "7"), List.of("2", "5"),
                List.of("2"));
        assertThat(posthog.postHog.requests()).extracting(Request::attempt).containsExactly(1, 2, 3);
        assertThat(posthog.postHog.requests()).extracting(Request::requestId)
                .containsOnly(posthog.postHog.request(0).requestId());
        assertThat(posthog.postHog.request(2).uuids()).containsExactly(posthog.postHog.request(0).uuids().get(1));
        assertThat(posthog.news.deliveredNames()).containsExactly("1", "4", "6", "7", "5", "2");
        assertThat(posthog.news.droppedNames()).containsExactly("3");
        assertThat(posthog.status().dropped()).containsOnly(entry(DropReason.REJECTED, 1L));
        assertThat(log.warnings()).anyMatch(line -> line.contains("event '3': said so"));
    }

    @Test
    @Tag("V1-7")
    void eventsThatPostHogNeverStoresEndAfterTheLastAttempt() {
        TestPipeline stubborn = TestPipeline.of("capture.protocol", "v1", "capture.retry.max-retries", "2");
        stubborn.postHog.always(request -> IngestionStub.results("retry").to(request));

        stubborn.capture("1");
        stubborn.flush();
        stubborn.retry();
        stubborn.retry();
        stubborn.retry();

        assertThat(stubborn.postHog.requests()).hasSize(3);
        assertThat(stubborn.status().dropped()).containsOnly(entry(DropReason.RETRIES_EXHAUSTED, 1L));
    }

    @ParameterizedTest
    @ValueSource(strings = { "{}", "{\"results\": {}}", "{\"results\": null}", "{\"results\": [1]}", "{\"status\": 1}\n" })
    @Tag("V1-8")
    void aCompleteResponseWithoutTheEventsIsFinal(String answer) {
        posthog.postHog.answering(IngestionStub.text(answer));

        posthog.captureNumbers(1, 2);
        posthog.flush();
        posthog.retry();

        assertThat(posthog.postHog.requests()).hasSize(1);
        assertThat(posthog.status().delivered()).isEqualTo(2);
    }

    @Test
    @Tag("V1-8")
    void anIncompleteResponseIsRetriedUnderTheSameRequestIdAsOftenAsConfigured() {
        TestPipeline stubborn = TestPipeline.of("capture.protocol", "v1", "capture.retry.max-retries", "2");
        stubborn.postHog.always(IngestionStub.text("{\"results\":"));

        stubborn.capture("1");
        stubborn.flush();
        stubborn.retry();
        stubborn.retry();
        stubborn.retry();

        assertThat(stubborn.postHog.requests()).extracting(Request::attempt).containsExactly(1, 2, 3);
        assertThat(stubborn.postHog.requests()).extracting(Request::requestId)
                .containsOnly(stubborn.postHog.request(0).requestId());
        assertThat(stubborn.status().dropped()).containsOnly(entry(DropReason.RETRIES_EXHAUSTED, 1L));
    }

    @ParameterizedTest
    @MethodSource("passing")
    @Tag("V1-9")
    void whatFailsForNowIsSentAgain(Answer failure) {
        posthog.postHog.answering(failure);

        posthog.captureNumbers(1, 2);
        posthog.flush();
        posthog.retry();

        assertThat(posthog.postHog.names()).containsExactly(List.of("1", "2"), List.of("1", "2"));
        assertThat(posthog.postHog.request(1).uuids()).isEqualTo(posthog.postHog.request(0).uuids());
    }

    @ParameterizedTest
    @ValueSource(ints = { 401, 402, 403, 404, 415, 422, 429 })
    @Tag("V1-10")
    void everythingElseIsFinalTooManyRequestsIncluded(int status) {
        posthog.postHog.answering(IngestionStub.status(status, "1"));

        posthog.captureNumbers(1, 2);
        posthog.flush();
        posthog.retry();

        assertThat(posthog.postHog.requests()).hasSize(1);
        assertThat(posthog.status().dropped()).containsOnly(entry(DropReason.REJECTED, 2L));
    }

    @Test
    @Tag("V1-12")
    void importsAndGeoipAreSaidAsConfigured() {
        TestPipeline importing = TestPipeline.of("capture.protocol", "v1", "capture.historical-migration", "true",
                "capture.geoip", "true");

        importing.capture("1");
        importing.flush();

        assertThat(importing.postHog.request(0).json().path("historical_migration").booleanValue()).isTrue();
        assertThat(importing.postHog.request(0).event().path("properties").has("$geoip_disable")).isFalse();
        assertThat(sent(CaptureEvent.of("viewed", "zoey")).at("/properties/$geoip_disable").booleanValue()).isTrue();
    }

    @Test
    @Tag("AI-2")
    @Tag("CAI-3")
    void aiEventsStayWithProtocolV0() {
        posthog.pipeline.capture(CaptureRequest.of(CaptureEvent.of("$ai_generation", "zoey"), EventKind.AI));
        posthog.flush();

        assertThat(posthog.postHog.requests()).singleElement().satisfies(request -> {
            assertThat(request.path()).isEqualTo("/i/v0/ai/batch/");
            assertThat(request.json().path("api_key").asText()).isEqualTo(TestPipeline.KEY);
        });
    }

    private JsonNode sent(CaptureEvent event) {
        posthog.pipeline.capture(CaptureRequest.of(event));
        posthog.flush();
        return posthog.postHog.request(posthog.postHog.requests().size() - 1).event();
    }

    private static List<String> names(JsonNode object) {
        return object.properties().stream().map(Map.Entry::getKey).toList();
    }
}
