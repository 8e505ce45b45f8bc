package io.quarkiverse.posthog.runtime.capture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import java.time.Duration;
import java.util.List;
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
import io.quarkiverse.posthog.capture.DeliveryAttempt;
import io.quarkiverse.posthog.capture.DropReason;
import io.quarkiverse.posthog.runtime.capture.IngestionStub.Answer;
import io.quarkiverse.posthog.runtime.capture.IngestionStub.Held;
import io.quarkiverse.posthog.runtime.capture.event.EventKind;

/** What PostHog could not take, or did not want. */
class RetryingTest {

    private static final Duration MOMENT = Duration.ofSeconds(1);

    @RegisterExtension
    final LogLines log = new LogLines();

    private final TestPipeline posthog = TestPipeline.of("capture.flush-at", "2", "capture.max-batch-events", "2");

    static Stream<Answer> passing() {
        return Stream.concat(Stream.of(IngestionStub.refusedConnection(), IngestionStub.timeout()),
                Stream.of(408, 429, 500, 501, 502, 503, 504, 520).map(IngestionStub::status));
    }

    @ParameterizedTest
    @MethodSource("passing")
    @Tag("RTQ-6")
    @Tag("V0-4")
    @Tag("HTC-3")
    @Tag("WIRE-5")
    void whatFailsForNowIsKeptAndSentAgainUnchanged(Answer failure) {
        posthog.postHog.answering(failure);

        posthog.captureNumbers(1, 2);
        posthog.background.run();
        assertThat(posthog.status().queued()).isEqualTo(2);
        posthog.retry();

        assertThat(posthog.postHog.requests()).hasSize(2);
        assertThat(posthog.postHog.request(1).events()).as("same uuids, times and all else")
                .isEqualTo(posthog.postHog.request(0).events());
        assertThat(posthog.status().queued()).isZero();
        assertThat(posthog.status().retries()).isEqualTo(1);
        assertThat(log.lines()).hasSize(2).first().asString()
                .contains("WARN PostHog account 'default' keeps 2 events and tries again in");
        assertThat(log.lines().get(1)).isEqualTo("INFO PostHog account 'default' delivers events again");
    }

    @Test
    @Tag("RTQ-6")
    @Tag("EBT-3")
    void whatIsSentAgainStaysAheadOfWhatIsNewer() {
        posthog.postHog.answering(IngestionStub.status(503), IngestionStub.status(503));

        posthog.captureNumbers(1, 6);
        posthog.background.run();
        posthog.captureNumbers(7, 8);
        posthog.retry();
        posthog.retry();

        assertThat(posthog.postHog.names()).containsExactly(List.of("1", "2"), List.of("1", "2"), List.of("1", "2"),
                List.of("3", "4"), List.of("5", "6"), List.of("7", "8"));
        assertThat(posthog.news.deliveredNames()).containsExactly("1", "2", "3", "4", "5", "6", "7", "8");
    }

    @Test
    @Tag("RTQ-7")
    @Tag("QUE-1")
    void anOutageLeavesTheNewestEventsThatFit() {
        TestPipeline bounded = TestPipeline.of("capture.queue.max-events", "2", "capture.flush-at", "1",
                "capture.max-batch-events", "1");
        bounded.postHog.always(IngestionStub.refusedConnection());

        bounded.capture("in flight");
        bounded.background.run();
        bounded.captureNumbers(1, 3);
        assertThat(bounded.status().dropped()).containsOnly(entry(DropReason.QUEUE_FULL, 1L));
        bounded.postHog.always(IngestionStub.success());
        bounded.retry();

        assertThat(bounded.news.deliveredNames()).containsExactly("in flight", "2", "3");
        assertThat(log.warnings()).anyMatch(line -> line.contains("dropped an event: the queue is full"));
    }

    @Test
    @Tag("RTQ-8")
    void eventsThatCameWhileAFullQueueWasOnItsWaySurvive() {
        TestPipeline full = TestPipeline.of("capture.queue.max-events", "3", "capture.flush-at", "3",
                "capture.max-batch-events", "3");
        Held held = new Held();
        full.postHog.answering(held);

        full.captureNumbers(1, 3);
        full.background.run();
        full.captureNumbers(4, 6);
        full.background.run();
        held.release(IngestionStub.success());
        full.flush();

        assertThat(full.postHog.names()).containsExactly(List.of("1", "2", "3"), List.of("4", "5", "6"));
        assertThat(full.status().delivered()).isEqualTo(6);
        assertThat(full.status().totalDropped()).isZero();
    }

    @ParameterizedTest
    @ValueSource(ints = { 401, 402, 403, 404, 415, 422 })
    @Tag("RTQ-9")
    @Tag("V0-5")
    void whatPostHogRefusesIsDroppedAfterOneRequest(int status) {
        posthog.postHog.answering(IngestionStub.status(status));

        posthog.captureNumbers(1, 2);
        posthog.background.run();
        posthog.retry();

        assertThat(posthog.postHog.requests()).hasSize(1);
        assertThat(posthog.status().dropped()).containsOnly(entry(DropReason.REJECTED, 2L));
        assertThat(posthog.news.droppedNames()).containsExactly("1", "2");
        assertThat(log.warnings()).singleElement().asString().contains("dropped 2 events: rejected by PostHog", "" + status);
    }

    @Test
    @Tag("RTQ-9")
    @Tag("RTQ-12")
    @Tag("V0-7")
    void theNumberOfRetriesIsForTheBatchHoweverOftenItIsFlushed() {
        TestPipeline stubborn = TestPipeline.of("capture.retry.max-retries", "3");
        stubborn.postHog.always(IngestionStub.status(503));

        stubborn.captureNumbers(1, 2);
        for (int i = 0; i < 10; i++) {
            stubborn.flush();
            stubborn.retry();
        }

        assertThat(stubborn.postHog.requests()).hasSize(4);
        assertThat(stubborn.status().dropped()).containsOnly(entry(DropReason.RETRIES_EXHAUSTED, 2L));
        assertThat(stubborn.news.attempts).extracting(DeliveryAttempt::attempt).containsExactly(1, 2, 3, 4);
    }

    @Test
    @Tag("RTQ-9")
    void noRetriesMeansOneRequest() {
        TestPipeline impatient = TestPipeline.of("capture.retry.max-retries", "0");
        impatient.postHog.answering(IngestionStub.status(503));

        impatient.capture("1");

        assertThat(impatient.flush().dropped()).containsOnly(entry(DropReason.RETRIES_EXHAUSTED, 1L));
    }

    @Test
    @Tag("RTQ-10")
    void sendingPausesWhileEventsAreAccepted() {
        posthog.postHog.answering(IngestionStub.status(503));

        posthog.captureNumbers(1, 2);
        posthog.background.run();
        posthog.captureNumbers(3, 6);
        posthog.background.run();

        assertThat(posthog.postHog.requests()).hasSize(1);
        assertThat(posthog.status().queued()).isEqualTo(6);
        assertThat(posthog.status().pausedUntil()).isPresent();
        assertThat(posthog.status().lastFailure()).isPresent();
    }

    @Test
    @Tag("RTQ-10")
    void eachFurtherPauseIsAboutTwiceAsLongUpToTheLongest() {
        posthog.postHog.always(IngestionStub.status(503));

        posthog.captureNumbers(1, 2);
        posthog.background.run();

        for (long most : new long[] { 1_000, 2_000, 4_000, 8_000, 16_000, 30_000, 30_000 }) {
            long pause = Duration.between(posthog.background.now(), posthog.status().pausedUntil().orElseThrow()).toMillis();
            assertThat(pause).isBetween(most / 2, most);
            posthog.background.advance(Duration.ofMillis(pause));
        }
    }

    @ParameterizedTest
    @CsvSource({ "429, 17, 17", "503, 30, 30", "503, 3600, 30" })
    @Tag("RTQ-13")
    void thePauseIsAtLeastTheOneThatPostHogAsksForUpToTheLongest(int status, String asked, long pause) {
        posthog.postHog.answering(IngestionStub.status(status, asked));

        posthog.captureNumbers(1, 2);
        posthog.background.advance(Duration.ofSeconds(pause).minus(MOMENT));
        assertThat(posthog.postHog.requests()).hasSize(1);
        posthog.background.advance(MOMENT);

        assertThat(posthog.postHog.requests()).hasSize(2);
        assertThat(posthog.status().delivered()).isEqualTo(2);
    }

    @Test
    @Tag("RTQ-11")
    @Tag("V0-6")
    void aBatchThatIsTooLargeIsHalvedDownToTheEventThatIs() {
        TestPipeline halving = TestPipeline.of("capture.flush-at", "8");
        halving.postHog.always(request -> (request.names().contains("5") ? IngestionStub.status(413)
                : IngestionStub.success()).to(request));

        halving.captureNumbers(1, 8);
        halving.background.run();

        assertThat(halving.postHog.names()).containsExactly(List.of("1", "2", "3", "4", "5", "6", "7", "8"),
                List.of("1", "2", "3", "4"), List.of("5", "6", "7", "8"), List.of("5", "6"), List.of("5"), List.of("6"),
                List.of("7", "8"));
        assertThat(halving.news.deliveredNames()).containsExactly("1", "2", "3", "4", "6", "7", "8");
        assertThat(halving.status().dropped()).containsOnly(entry(DropReason.TOO_LARGE, 1L));
        assertThat(halving.status().queued()).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = { "v0", "v1" })
    @Tag("V0-6")
    @Tag("V1-10")
    void oneEventThatIsTooLargeForPostHogIsDroppedAfterOneRequest(String protocol) {
        TestPipeline choosing = TestPipeline.of("capture.protocol", protocol);
        choosing.postHog.answering(IngestionStub.status(413));

        choosing.capture("big");
        choosing.flush();
        choosing.retry();

        assertThat(choosing.postHog.requests()).hasSize(1);
        assertThat(choosing.status().dropped()).containsOnly(entry(DropReason.TOO_LARGE, 1L));
    }

    @ParameterizedTest
    @ValueSource(strings = { "{\"status\": 1}", "{\"status\": \"Ok\"}", "1", "" })
    @Tag("V0-3")
    @Tag("HTC-2")
    void everySuccessIsADelivery(String answer) {
        posthog.postHog.answering(IngestionStub.text(answer.isEmpty() ? null : answer));

        posthog.captureNumbers(1, 2);
        posthog.background.run();
        posthog.retry();

        assertThat(posthog.status().delivered()).isEqualTo(2);
        assertThat(posthog.postHog.requests()).hasSize(1);
        assertThat(posthog.status().lastFailure()).isEmpty();
        assertThat(log.lines()).isEmpty();
    }

    @Test
    @Tag("RTQ-14")
    void theLoginPageOfSomethingInBetweenIsNoDelivery() {
        posthog.postHog.answering(IngestionStub.text("<html>Welcome to the Wi-Fi</html>"));

        posthog.captureNumbers(1, 2);
        posthog.background.run();
        assertThat(posthog.status().delivered()).isZero();
        posthog.retry();

        assertThat(posthog.status().delivered()).isEqualTo(2);
        assertThat(log.warnings()).singleElement().asString().contains("check quarkus.posthog.ingestion-host");
    }

    @Test
    @Tag("RTQ-15")
    void aHostThatIsDownIsTriedForOneEventKindOnly() {
        posthog.postHog.always(IngestionStub.refusedConnection());
        posthog.captureNumbers(1, 2);
        for (int i = 0; i < 5; i++) {
            posthog.retry();
        }
        int before = posthog.postHog.requests().size();

        posthog.pipeline.capture(CaptureRequest.of(CaptureEvent.of("$ai_generation", "zoey"), EventKind.AI));
        posthog.flushing();
        posthog.background.run();

        assertThat(before).isGreaterThanOrEqualTo(5);
        assertThat(posthog.postHog.requests()).as("the host is known to be down").hasSize(before);
        posthog.postHog.always(IngestionStub.success());
        posthog.background.advance(Duration.ofMinutes(2));
        assertThat(posthog.news.deliveredNames()).containsExactlyInAnyOrder("1", "2", "$ai_generation");
    }

    @Test
    @Tag("V0-11")
    void theTimeOfSendingIsThatOfTheAttempt() {
        TestPipeline slow = TestPipeline.of("capture.flush-at", "1", "capture.max-batch-events", "1");
        Held held = new Held();
        slow.postHog.answering(IngestionStub.status(503), held);

        slow.captureNumbers(1, 2);
        slow.background.advance(Duration.ofSeconds(10));
        held.release(IngestionStub.success());
        slow.background.run();

        assertThat(slow.postHog.names()).containsExactly(List.of("1"), List.of("1"), List.of("2"));
        List<JsonNode> bodies = slow.postHog.requests().stream().map(request -> request.json().path("sent_at")).toList();
        assertThat(bodies.get(1)).as("of the second attempt").isNotEqualTo(bodies.get(0));
        assertThat(bodies.get(2).asText()).as("of what waited for that").isEqualTo(slow.background.now().toString());
    }

    @Test
    @Tag("LIS-1")
    void listenersAreToldOfEachRequest() {
        posthog.postHog.answering(IngestionStub.status(503), IngestionStub.refusedConnection());

        posthog.captureNumbers(1, 2);
        posthog.retry();
        posthog.retry();

        assertThat(posthog.news.attempts).hasSize(3).allSatisfy(attempt -> {
            assertThat(attempt.account()).isEqualTo("default");
            assertThat(attempt.path()).isEqualTo("/batch/");
            assertThat(attempt.events()).hasSize(2);
        });
        assertThat(posthog.news.attempts).extracting(DeliveryAttempt::compressedBytes)
                .isEqualTo(posthog.postHog.requests().stream().map(request -> request.body().length).toList());
        assertThat(posthog.news.attempts).extracting(attempt -> attempt.status().orElse(0)).containsExactly(503, 0, 200);
        assertThat(posthog.news.attempts).extracting(attempt -> attempt.failure().isPresent())
                .containsExactly(true, true, false);
        assertThat(posthog.status().requests()).isEqualTo(3);
        assertThat(posthog.status().retries()).isEqualTo(2);
    }
}
