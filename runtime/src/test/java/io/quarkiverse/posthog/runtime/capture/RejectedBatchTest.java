package io.quarkiverse.posthog.runtime.capture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.quarkiverse.posthog.CaptureEvent;
import io.quarkiverse.posthog.capture.CaptureSummary;
import io.quarkiverse.posthog.capture.DropReason;
import io.quarkiverse.posthog.runtime.capture.event.EventKind;
import io.quarkiverse.posthog.runtime.capture.wire.RejectionSearch;
import io.quarkiverse.posthog.runtime.rest.Refusals;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.helpers.test.UniAssertSubscriber;

/** Batches that PostHog rejects with status 400, perhaps for one of their events. */
class RejectedBatchTest {

    private static final int ALL = 500;

    @RegisterExtension
    final LogLines log = new LogLines();

    @TempDir
    Path directory;

    @ParameterizedTest
    @ValueSource(strings = { "v0", "v1" })
    @Tag("RTQ-19")
    @Tag("V0-5")
    @Tag("V1-10")
    void aRequestOfOneEventIsFinal(String protocol) {
        TestPipeline posthog = TestPipeline.of("capture.protocol", protocol);
        posthog.postHog.always(IngestionStub.status(400));

        posthog.capture("1");
        posthog.flush();
        posthog.retry();

        assertThat(posthog.postHog.requests()).hasSize(1);
        assertThat(posthog.status().dropped()).containsOnly(entry(DropReason.REJECTED, 1L));
    }

    @ParameterizedTest
    @CsvSource({ "v0, 1, 20", "v0, 500, 20", "v1, 237, 20", "v0, '1,500', 40", "v1, '250,251', 40", "v0, '1,2,3,4,5,6', 60",
            "v0, '100,200,300,400', 80", "v0, '7,77,177,277,377,477,478,479,480,481,482,483', 240" })
    @Tag("RTQ-19")
    void eachInvalidEventCostsOneEvent(String protocol, String invalid, int requests) {
        Set<String> bad = Set.of(invalid.split(","));
        TestPipeline posthog = large("capture.protocol", protocol);
        posthog.postHog.always(IngestionStub.rejecting(bad::contains));

        posthog.captureNumbers(1, ALL);
        posthog.background.run();

        assertThat(posthog.news.deliveredNames()).isEqualTo(IntStream.rangeClosed(1, ALL).mapToObj(Integer::toString)
                .filter(name -> !bad.contains(name)).toList());
        assertThat(posthog.news.droppedNames()).containsExactlyInAnyOrderElementsOf(bad);
        assertThat(posthog.status().dropped()).containsOnly(entry(DropReason.REJECTED, (long) bad.size()));
        assertThat(posthog.status().queued()).isZero();
        assertThat(posthog.postHog.requests()).hasSizeLessThanOrEqualTo(requests);
        assertThat(posthog.news.dropped).allSatisfy(dropped -> assertThat(dropped.detail()).hasValueSatisfying(
                detail -> assertThat(detail).startsWith("event '" + dropped.event().event() + "': ")
                        .contains("invalid event")));
    }

    @ParameterizedTest
    @ValueSource(strings = { "v0", "v1" })
    @Tag("RTQ-20")
    void aRejectionOfEverythingTakesFewRequests(String protocol) {
        TestPipeline posthog = large("capture.protocol", protocol);
        posthog.postHog.always(IngestionStub.failure(Refusals.of(400, "invalid_request", "unknown token")));

        posthog.captureNumbers(1, ALL);
        posthog.background.run();

        assertThat(posthog.postHog.requests()).hasSize(RejectionSearch.MAX_REJECTIONS);
        assertThat(posthog.status().dropped()).containsOnly(entry(DropReason.REJECTED, (long) ALL));
        assertThat(posthog.news.droppedNames()).hasSize(ALL);
        assertThat(posthog.news.dropped)
                .allSatisfy(dropped -> assertThat(dropped.detail().orElseThrow()).contains("unknown token"));
        assertThat(posthog.status().queued()).isZero();
    }

    @ParameterizedTest
    @CsvSource({ "500, 10", "5, 1000" })
    @Tag("RTQ-20")
    void furtherBatchesTakeFewerUntilPostHogAcceptsARequest(int size, int batches) {
        TestPipeline posthog = TestPipeline.of("capture.flush-at", "" + size, "capture.max-batch-events", "" + size,
                "capture.queue.max-events", "10000");
        posthog.postHog.always(IngestionStub.status(400));

        posthog.captureNumbers(1, size * batches);
        posthog.background.run();

        assertThat(posthog.postHog.requests().size() - batches).isLessThanOrEqualTo(50);
        assertThat(posthog.status().dropped()).containsOnly(entry(DropReason.REJECTED, (long) size * batches));

        posthog.postHog.always(IngestionStub.success());
        posthog.captureNumbers(1, size);
        posthog.background.run();
        posthog.postHog.always(IngestionStub.rejecting("1"::equals));
        posthog.captureNumbers(1, size);
        posthog.background.run();

        assertThat(posthog.status().delivered()).isEqualTo(2L * size - 1);
    }

    @Test
    @Tag("RTQ-19")
    @Tag("RTQ-6")
    @Tag("EBT-3")
    void anOutageInTheMiddleOfASearchLosesNothing() {
        TestPipeline posthog = TestPipeline.of("capture.flush-at", "8", "capture.max-batch-events", "8");
        posthog.postHog.answering(IngestionStub.status(400), IngestionStub.status(503), IngestionStub.status(400),
                IngestionStub.failure(new IllegalArgumentException("busy")));
        posthog.postHog.always(IngestionStub.rejecting("2"::equals));

        posthog.captureNumbers(1, 8);
        posthog.background.run();
        posthog.capture("9");
        posthog.retry();
        posthog.retry();
        posthog.flush();

        assertThat(posthog.news.deliveredNames()).containsExactly("1", "3", "4", "5", "6", "7", "8", "9");
        assertThat(posthog.news.droppedNames()).containsExactly("2");
    }

    @Test
    @Tag("RTQ-19")
    void partsThatAreTooLargeAreHalvedFurther() {
        TestPipeline posthog = TestPipeline.of("capture.flush-at", "8", "capture.max-batch-events", "8");
        posthog.postHog.always(request -> (request.names().contains("6") ? IngestionStub.status(400)
                : request.names().size() > 2 ? IngestionStub.status(413) : IngestionStub.success()).to(request));

        posthog.captureNumbers(1, 8);
        posthog.background.run();

        assertThat(posthog.news.deliveredNames()).containsExactly("1", "2", "3", "4", "5", "7", "8");
        assertThat(posthog.status().dropped()).containsOnly(entry(DropReason.REJECTED, 1L));
    }

    @Test
    @Tag("RTQ-19")
    @Tag("AI-2")
    void aiEventsAreSearchedToo() {
        TestPipeline posthog = TestPipeline.of();
        posthog.postHog.always(IngestionStub.rejecting("$ai_2"::equals));

        Stream.of("$ai_1", "$ai_2", "$ai_3")
                .forEach(name -> posthog.pipeline.capture(CaptureRequest.of(CaptureEvent.of(name, "zoey"), EventKind.AI)));
        posthog.flush();

        assertThat(posthog.news.deliveredNames()).containsExactly("$ai_1", "$ai_3");
    }

    @Test
    @Tag("RTQ-19")
    @Tag("STR-3")
    void aStreamCountsTheInvalidEvents() {
        TestPipeline posthog = TestPipeline.of("capture.max-batch-events", "50");
        posthog.postHog.always(IngestionStub.rejecting(name -> name.endsWith("77")));

        UniAssertSubscriber<CaptureSummary> stream = posthog.pipeline
                .captureAll(Multi.createFrom().range(0, 1000).map(i -> CaptureEvent.of("" + i, "zoey")), false).subscribe()
                .withSubscriber(UniAssertSubscriber.create());
        posthog.background.run();

        CaptureSummary summary = stream.assertCompleted().getItem();
        assertThat(summary.delivered()).isEqualTo(990);
        assertThat(summary.dropped()).containsOnly(entry(DropReason.REJECTED, 10L));
    }

    @ParameterizedTest
    @ValueSource(ints = { 1, 2, 3, 5, 8, 11, 14, 17, 20, 23 })
    @Tag("RTQ-19")
    @Tag("SPL-1")
    void aRestartInTheMiddleOfASearchSendsWhatHasNotEnded(int steps) throws Exception {
        TestPipeline first = spooling();
        first.postHog.always(IngestionStub.rejecting("5"::equals));
        first.captureNumbers(1, 16);
        for (int i = 0; i < steps; i++) {
            first.background.step();
        }
        List<String> ended = Stream.concat(first.news.deliveredNames().stream(), first.news.droppedNames().stream()).toList();
        first.postHog.always(IngestionStub.status(503));
        first.close();

        TestPipeline second = spooling();
        second.postHog.always(IngestionStub.rejecting("5"::equals));
        second.flush();

        Set<String> all = Stream.of(ended, second.news.deliveredNames(), second.news.droppedNames()).flatMap(List::stream)
                .collect(Collectors.toSet());
        assertThat(all).hasSize(16);
        assertThat(second.news.deliveredNames()).isSortedAccordingTo((a, b) -> Integer.parseInt(a) - Integer.parseInt(b));
        assertThat(second.status().queued()).isZero();
        second.close();
        TestPipeline third = spooling();
        assertThat(third.status().queued()).as("all have ended").isZero();
        third.close();
    }

    @Test
    @Tag("RTQ-20")
    @Tag("SPL-1")
    void aSearchThatIsGivenUpLeavesNothingInTheSpool() throws Exception {
        TestPipeline first = large("capture.spool.directory", directory.toString());
        first.postHog.always(IngestionStub.status(400));
        first.captureNumbers(1, ALL);
        first.background.run();
        first.close();

        TestPipeline second = spooling();

        assertThat(second.status().queued()).isZero();
        second.close();
    }

    private TestPipeline spooling() {
        return TestPipeline.of("capture.flush-at", "16", "capture.max-batch-events", "16", "capture.shutdown-timeout", "0s",
                "capture.spool.directory", directory.toString());
    }

    private static TestPipeline large(String... more) {
        return TestPipeline.of(Stream.concat(Stream.of("capture.flush-at", "" + ALL, "capture.max-batch-events", "" + ALL),
                Stream.of(more)).toArray(String[]::new));
    }
}
