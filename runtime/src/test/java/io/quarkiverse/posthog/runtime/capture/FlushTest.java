package io.quarkiverse.posthog.runtime.capture;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import io.quarkiverse.posthog.CaptureEvent;
import io.quarkiverse.posthog.capture.CaptureStatus;
import io.quarkiverse.posthog.runtime.capture.IngestionStub.Held;
import io.quarkiverse.posthog.runtime.capture.event.EventKind;
import io.smallrye.mutiny.helpers.test.UniAssertSubscriber;

class FlushTest {

    private final TestPipeline posthog = TestPipeline.of("capture.max-batch-events", "2");

    @Test
    @Tag("FLU-1")
    @Tag("HTC-1")
    @Tag("HTC-2")
    void sendsAllThatIsQueuedAtOnceInBatches() {
        posthog.captureNumbers(1, 5);

        CaptureStatus status = posthog.flush();

        assertThat(posthog.postHog.names()).containsExactly(List.of("1", "2"), List.of("3", "4"), List.of("5"));
        assertThat(posthog.postHog.request(0).json().path("api_key").asText()).isEqualTo(TestPipeline.KEY);
        assertThat(status.queued()).isZero();
        assertThat(status.delivered()).isEqualTo(5);
    }

    @Test
    @Tag("FLU-2")
    @Tag("V0-9")
    @Tag("WIRE-7")
    void ofNothingSendsNothing() {
        assertThat(posthog.flush().requests()).isZero();
        posthog.capture("1");
        posthog.flush();
        posthog.flush();

        assertThat(posthog.postHog.requests()).hasSize(1);
    }

    @Test
    @Tag("FLU-3")
    @Tag("HTC-3")
    void endsWithoutAFailureAndKeepsWhatCouldNotBeSent() {
        posthog.postHog.always(IngestionStub.status(503));
        posthog.captureNumbers(1, 5);

        CaptureStatus status = posthog.flush();

        assertThat(posthog.postHog.requests()).as("the failure stops it").hasSize(1);
        assertThat(status.queued()).isEqualTo(5);
        assertThat(status.pausedUntil()).isPresent();
        posthog.postHog.always(IngestionStub.success());
        posthog.retry();
        assertThat(posthog.status().delivered()).as("sent later on its own").isEqualTo(5);
    }

    @Test
    @Tag("FLU-3")
    void doesNotSendWhilePostHogAskedToWait() {
        posthog.postHog.answering(IngestionStub.status(429, "10"));
        posthog.capture("1");
        posthog.flush();

        posthog.flush();

        assertThat(posthog.postHog.requests()).hasSize(1);
    }

    @Test
    @Tag("FLU-4")
    void emptiesTheQueueOfAiEventsToo() {
        posthog.capture("viewed");
        posthog.pipeline.capture(CaptureRequest.of(CaptureEvent.of("$ai_generation", "zoey"), EventKind.AI));

        posthog.flush();

        assertThat(posthog.postHog.requests()).extracting(IngestionStub.Request::path)
                .containsExactlyInAnyOrder("/batch/", "/i/v0/ai/batch/");
    }

    @Test
    @Tag("FLU-4")
    void endsEvenIfAnEventKindMayNotTryAHostThatIsDown() {
        posthog.postHog.always(IngestionStub.refusedConnection());
        posthog.captureNumbers(1, 2);
        posthog.flush();
        for (int i = 0; i < 5; i++) {
            posthog.retry();
        }
        posthog.pipeline.capture(CaptureRequest.of(CaptureEvent.of("$ai_generation", "zoey"), EventKind.AI));

        assertThat(posthog.flush().queued()).isEqualTo(3);
    }

    @Test
    @Tag("FLU-5")
    void severalAtATimeShareTheirRequestsAndEachEnds() {
        Held held = new Held();
        posthog.postHog.answering(held);
        posthog.captureNumbers(1, 2);

        UniAssertSubscriber<CaptureStatus> first = posthog.flushing();
        UniAssertSubscriber<CaptureStatus> second = posthog.flushing();
        posthog.background.run();
        first.assertNotTerminated();
        held.release(IngestionStub.success());
        posthog.background.run();

        first.assertCompleted();
        second.assertCompleted();
        assertThat(posthog.postHog.requests()).hasSize(1);
    }

    @Test
    @Tag("FLU-5")
    void doesNotWaitForWhatIsCapturedMeanwhile() {
        Held held = new Held();
        posthog.postHog.answering(held);
        posthog.captureNumbers(1, 2);
        UniAssertSubscriber<CaptureStatus> flush = posthog.flushing();
        posthog.background.run();

        posthog.capture("3");
        held.release(IngestionStub.success());
        posthog.background.run();

        flush.assertCompleted();
        assertThat(posthog.status().queued()).isEqualTo(1);
    }

    @Test
    @Tag("FLU-5")
    void canBeCancelledWhichStopsNoRequest() {
        Held held = new Held();
        posthog.postHog.answering(held);
        posthog.captureNumbers(1, 2);

        UniAssertSubscriber<CaptureStatus> flush = posthog.flushing();
        posthog.background.run();
        flush.cancel();
        held.release(IngestionStub.success());
        posthog.background.advance(Duration.ZERO);

        assertThat(held.isCancelled()).isFalse();
        assertThat(posthog.status().delivered()).isEqualTo(2);
    }
}
