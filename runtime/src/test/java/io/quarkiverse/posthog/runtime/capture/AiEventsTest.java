package io.quarkiverse.posthog.runtime.capture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import java.util.List;
import java.util.UUID;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkiverse.posthog.CaptureEvent;
import io.quarkiverse.posthog.capture.DropReason;
import io.quarkiverse.posthog.runtime.capture.IngestionStub.Request;
import io.quarkiverse.posthog.runtime.capture.event.EventKind;
import io.smallrye.mutiny.helpers.test.UniAssertSubscriber;

class AiEventsTest {

    private static final CaptureEvent GENERATION = CaptureEvent.of("$ai_generation", "zoey").property("$ai_model", "gpt");

    @RegisterExtension
    final LogLines log = new LogLines();

    private final TestPipeline posthog = TestPipeline.of();

    @Test
    @Tag("CAI-1")
    @Tag("CAI-6")
    void anAiEventIsCapturedLikeAnyOther() {
        TestPipeline hooked = TestPipeline.of(List.of(event -> event.property("hooked", true)));

        hooked.pipeline.capture(CaptureRequest.of(GENERATION.group("company", "acme"), EventKind.AI));
        hooked.pipeline.captureImmediate(CaptureRequest.of(GENERATION.sessionId("s-1"), EventKind.AI)).subscribe()
                .withSubscriber(UniAssertSubscriber.create())
                .assertCompleted();
        hooked.flush();

        assertThat(hooked.postHog.requests()).hasSize(2).allSatisfy(request -> {
            assertThat(request.path()).isEqualTo("/i/v0/ai/batch/");
            assertThat(request.event().at("/properties/hooked").asBoolean()).isTrue();
            assertThat(request.event().at("/properties/$lib").asText()).isEqualTo("quarkus-posthog");
        });
    }

    @Test
    @Tag("CAI-2")
    @Tag("CAI-5")
    @Tag("AI-3")
    void theUuidThatIsReturnedIsTheOneThatIsSent() {
        UUID own = UUID.randomUUID();

        UUID generated = posthog.pipeline.capture(CaptureRequest.of(GENERATION, EventKind.AI)).orElseThrow();
        assertThat(posthog.pipeline.capture(CaptureRequest.of(GENERATION.uuid(own), EventKind.AI))).hasValue(own);
        posthog.flush();

        assertThat(posthog.postHog.request(0).uuids()).containsExactly(generated.toString(), own.toString());
    }

    @Test
    @Tag("CAI-2")
    void thereIsNoUuidWhenTheEventIsNotSent() {
        TestPipeline dropping = TestPipeline.of(List.of(event -> null));

        assertThat(dropping.pipeline.capture(CaptureRequest.of(GENERATION, EventKind.AI))).isEmpty();
        dropping.pipeline.optOut(true);
        assertThat(dropping.pipeline.capture(CaptureRequest.of(GENERATION, EventKind.AI))).isEmpty();
        dropping.flush();

        assertThat(dropping.postHog.requests()).isEmpty();
    }

    @Test
    @Tag("CAI-3")
    @Tag("CAI-4")
    @Tag("AI-1")
    void theNameOfAnEventDoesNotDecideItsWay() {
        posthog.capture("$ai_generation");
        posthog.pipeline.capture(CaptureRequest.of(CaptureEvent.of("clicked", "zoey"), EventKind.AI));

        posthog.flush();

        assertThat(posthog.postHog.requests()).hasSize(2);
        assertThat(names("/batch/")).containsExactly("$ai_generation");
        assertThat(names("/i/v0/ai/batch/")).containsExactly("clicked");
    }

    @Test
    @Tag("CAI-3")
    void aFailureOfOneEventKindDoesNotDelayTheOther() {
        posthog.postHog.always(request -> (request.path().contains("ai") ? IngestionStub.status(503)
                : IngestionStub.success()).to(request));

        posthog.pipeline.capture(CaptureRequest.of(GENERATION, EventKind.AI));
        posthog.capture("viewed");
        posthog.flush();

        assertThat(posthog.news.deliveredNames()).containsExactly("viewed");
        assertThat(posthog.status().queued()).isEqualTo(1);
    }

    @Test
    @Tag("CAI-7")
    void whatIsSentAgainIsTheSame() {
        posthog.postHog.answering(IngestionStub.status(503), IngestionStub.timeout());

        posthog.pipeline.capture(CaptureRequest.of(GENERATION, EventKind.AI));
        posthog.flush();
        posthog.retry();
        posthog.retry();

        assertThat(posthog.postHog.requests()).hasSize(3).extracting(Request::events).containsOnly(
                posthog.postHog.request(0).events());
        assertThat(posthog.news.deliveredNames()).containsExactly("$ai_generation");
    }

    @Test
    @Tag("CAI-8")
    void oneThatIsTooLargeIsDroppedAndOnlyItsNameAndSizeAreLogged() {
        TestPipeline small = TestPipeline.of("capture.ai.max-event-size", "10K");

        small.pipeline.capture(CaptureRequest.of(GENERATION.property("$ai_input", "confidential".repeat(1000)), EventKind.AI));
        small.flush();

        assertThat(small.postHog.requests()).isEmpty();
        assertThat(small.status().dropped()).containsOnly(entry(DropReason.TOO_LARGE, 1L));
        assertThat(log.warnings()).singleElement().asString().containsPattern("event '\\$ai_generation' has 12\\d{3} bytes")
                .doesNotContain("confidential");
    }

    @Test
    @Tag("CAI-8")
    @Tag("CAI-10")
    void itMayBeLargerThanOtherEventsAndIsSentAsItIs() {
        String input = "data:image/png;base64," + "A".repeat(2_000_000);

        posthog.pipeline.capture(CaptureRequest.of(GENERATION.property("$ai_input", input), EventKind.AI));
        posthog.pipeline.capture(CaptureRequest.of(GENERATION.property("$ai_input", input)));
        posthog.flush();

        assertThat(posthog.postHog.request(0).event().at("/properties/$ai_input").asText()).isEqualTo(input);
        assertThat(posthog.status().dropped()).as("the other queue's limit").containsOnly(entry(DropReason.TOO_LARGE, 1L));
    }

    @Test
    @Tag("CAI-9")
    void nothingIsThrownWhenPostHogIsUnreachable() {
        posthog.postHog.always(IngestionStub.refusedConnection());

        assertThat(posthog.pipeline.capture(CaptureRequest.of(GENERATION, EventKind.AI))).isPresent();

        assertThat(posthog.flush().queued()).isEqualTo(1);
        assertThat(posthog.news.attempts).singleElement().satisfies(attempt -> assertThat(attempt.failure()).isPresent());
    }

    private List<String> names(String path) {
        return posthog.postHog.requests().stream().filter(request -> request.path().equals(path))
                .flatMap(request -> request.names().stream()).toList();
    }
}
