package io.quarkiverse.posthog.runtime.capture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.List;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.quarkiverse.posthog.CaptureEvent;
import io.quarkiverse.posthog.capture.DropReason;
import io.quarkiverse.posthog.runtime.capture.IngestionStub.Held;
import io.quarkiverse.posthog.runtime.capture.IngestionStub.Request;

/** When events are sent, how many together, and in which order. */
class BatchingTest {

    @RegisterExtension
    final LogLines log = new LogLines();

    @Test
    @Tag("EBT-1")
    void soManyEventsAreSentWithoutWaitingForMore() {
        TestPipeline posthog = TestPipeline.of("capture.flush-at", "2");

        posthog.capture("first");
        posthog.background.run();
        assertThat(posthog.postHog.requests()).isEmpty();
        posthog.capture("second");
        posthog.background.run();

        assertThat(posthog.postHog.names()).containsExactly(List.of("first", "second"));
        assertThat(posthog.status().queued()).isZero();
    }

    @Test
    @Tag("EBT-2")
    void fewerWaitNoLongerThanTheInterval() {
        TestPipeline posthog = TestPipeline.of("capture.flush-interval", "10s");

        posthog.capture("delayed");
        posthog.background.advance(Duration.ofMillis(9_999));
        assertThat(posthog.postHog.requests()).isEmpty();
        posthog.background.advance(Duration.ofMillis(1));

        assertThat(posthog.postHog.names()).containsExactly(List.of("delayed"));
    }

    @Test
    @Tag("EBT-2")
    void theIntervalBeginsAnewWithTheNextEvent() {
        TestPipeline posthog = TestPipeline.of("capture.flush-interval", "10s");

        for (int i = 1; i <= 3; i++) {
            posthog.capture("" + i);
            posthog.background.advance(Duration.ofSeconds(20));
        }

        assertThat(posthog.postHog.names()).containsExactly(List.of("1"), List.of("2"), List.of("3"));
    }

    @Test
    @Tag("EBT-3")
    @Tag("EBT-4")
    void eventsTravelInTheirOrderAndNeverMoreThanAllowedTogether() {
        TestPipeline posthog = TestPipeline.of("capture.flush-at", "10", "capture.max-batch-events", "4");

        posthog.captureNumbers(1, 10);
        posthog.flush();

        assertThat(posthog.postHog.names()).containsExactly(List.of("1", "2", "3", "4"), List.of("5", "6", "7", "8"),
                List.of("9", "10"));
    }

    @ParameterizedTest
    @ValueSource(strings = { "none", "gzip" })
    @Tag("EBT-4")
    void aRequestHasNoMoreBytesThanAllowedBeforeCompression(String compression) throws IOException {
        TestPipeline posthog = TestPipeline.of("capture.max-batch-size", "5000", "capture.compression", compression);

        for (int i = 0; i < 60; i++) {
            posthog.pipeline
                    .capture(CaptureRequest.of(CaptureEvent.of("" + i, "zoey").property("text", "x".repeat(37 * i % 900))));
        }
        posthog.flush();

        assertThat(posthog.postHog.requests()).hasSizeGreaterThan(5);
        for (Request request : posthog.postHog.requests()) {
            assertThat(request.decoded()).hasSizeLessThanOrEqualTo(5000);
        }
        assertThat(posthog.postHog.names().stream().flatMap(List::stream).map(Integer::valueOf)).hasSize(60).isSorted();
    }

    @Test
    @Tag("EBT-5")
    void oneRequestAtATimeWhileEventsAreStillAccepted() {
        TestPipeline posthog = TestPipeline.of("capture.flush-at", "1", "capture.max-batch-events", "1");
        Held held = new Held();
        posthog.postHog.answering(held);

        posthog.captureNumbers(1, 5);
        posthog.background.run();
        assertThat(posthog.postHog.names()).containsExactly(List.of("1"));
        assertThat(posthog.status().queued()).isEqualTo(5);
        held.release(IngestionStub.success());
        posthog.background.run();

        assertThat(posthog.postHog.names()).containsExactly(List.of("1"), List.of("2"), List.of("3"), List.of("4"),
                List.of("5"));
    }

    @Test
    @Tag("EBT-6")
    void anEventThatIsTooLargeIsDroppedAndOnlyItsNameAndSizeAreLogged() {
        TestPipeline posthog = TestPipeline.of("capture.max-event-size", "1K");

        posthog.capture("before");
        posthog.pipeline.capture(CaptureRequest.of(CaptureEvent.of("big", "zoey").property("secret", "hush".repeat(300))));
        posthog.capture("after");
        posthog.flush();

        assertThat(posthog.postHog.names()).containsExactly(List.of("before", "after"));
        assertThat(posthog.status().dropped(DropReason.TOO_LARGE)).isEqualTo(1);
        assertThat(posthog.status().queued()).isZero();
        assertThat(log.warnings()).singleElement().asString().containsPattern("event 'big' has \\d{4} bytes")
                .doesNotContain("hush");
    }

    @Test
    @Tag("EBT-6")
    void nothingIsSentWhenAllEventsAreTooLarge() {
        TestPipeline posthog = TestPipeline.of("capture.max-event-size", "100");

        posthog.captureNumbers(1, 3);

        assertThat(posthog.flush().dropped(DropReason.TOO_LARGE)).isEqualTo(3);
        assertThat(posthog.postHog.requests()).isEmpty();
    }

    @Test
    @Tag("QUE-1")
    void theQueueIsBoundedByBytesToo() {
        TestPipeline posthog = TestPipeline.of("capture.queue.max-size", "10K");

        for (int i = 1; i <= 20; i++) {
            posthog.pipeline.capture(CaptureRequest.of(CaptureEvent.of("" + i, "zoey").property("text", "x".repeat(1000))));
            assertThat(posthog.status().queuedBytes()).isLessThanOrEqualTo(10_240);
        }
        posthog.flush();

        assertThat(posthog.postHog.request(0).names()).hasSizeBetween(5, 9).endsWith("19", "20");
        assertThat(posthog.status().dropped(DropReason.QUEUE_FULL)).isEqualTo(20 - posthog.status().delivered());
    }

    @Test
    @Tag("MET-6")
    void theMemoryOfEventsThatAreBeingSentIsCounted() {
        TestPipeline posthog = TestPipeline.of("capture.flush-at", "10");
        Held held = new Held();
        posthog.postHog.answering(held);
        posthog.captureNumbers(1, 25);
        long size = posthog.status().queuedBytes();
        assertThat(size).isPositive();

        posthog.background.run();

        assertThat(posthog.postHog.requests()).hasSize(1);
        assertThat(posthog.status().queuedBytes()).isEqualTo(size);
        held.release(IngestionStub.status(503));
        posthog.background.run();
        assertThat(posthog.status().queuedBytes()).as("while sending pauses").isEqualTo(size);
        posthog.retry();
        assertThat(posthog.flush().queuedBytes()).isZero();
    }

    @Test
    @Tag("QUE-2")
    void droppingTheNewestEventTellsTheCallerAndWarns() {
        TestPipeline posthog = TestPipeline.of("capture.queue.max-events", "2", "capture.queue.overflow", "drop-newest");

        posthog.captureNumbers(1, 2);
        assertThat(posthog.capture("3")).isEmpty();
        posthog.flush();

        assertThat(posthog.postHog.names()).containsExactly(List.of("1", "2"));
        assertThat(posthog.news.droppedNames()).containsExactly("3");
        assertThat(log.warnings()).hasSize(1);
    }

    @Test
    @Tag("QUE-2")
    void rejectingAnEventLeavesTheRestToTheCaller() {
        TestPipeline posthog = TestPipeline.of("capture.queue.max-events", "2", "capture.queue.overflow", "reject");

        posthog.captureNumbers(1, 2);
        assertThat(posthog.capture("3")).isEmpty();
        posthog.flush();

        assertThat(posthog.capture("4")).as("there is room again").isPresent();
        assertThat(posthog.status().dropped(DropReason.QUEUE_FULL)).isEqualTo(1);
        assertThat(posthog.news.dropped).isEmpty();
        assertThat(log.warnings()).isEmpty();
    }
}
