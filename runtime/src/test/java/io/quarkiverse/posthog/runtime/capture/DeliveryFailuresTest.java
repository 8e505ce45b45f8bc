package io.quarkiverse.posthog.runtime.capture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

import jakarta.ws.rs.ProcessingException;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.quarkiverse.posthog.CaptureEvent;
import io.quarkiverse.posthog.PostHogConnectionException;
import io.quarkiverse.posthog.PostHogException;
import io.quarkiverse.posthog.PostHogMissingKeyException;
import io.quarkiverse.posthog.capture.CaptureSummary;
import io.quarkiverse.posthog.capture.DropReason;
import io.quarkiverse.posthog.runtime.capture.IngestionStub.Answer;
import io.quarkiverse.posthog.runtime.capture.event.EventKind;
import io.quarkiverse.posthog.runtime.support.UnexpectedFailure;
import io.smallrye.mutiny.CompositeException;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.helpers.test.UniAssertSubscriber;

/** Failures that are not a decision of PostHog about the events, from any layer. */
class DeliveryFailuresTest {

    @RegisterExtension
    final LogLines log = new LogLines();

    @TempDir
    Path directory;

    static Stream<Arguments> failures() {
        Stream<Answer> both = Stream.concat(
                Stream.of(new IllegalArgumentException("invalid version format: HTML><HTML>BUSY"),
                        new IllegalStateException("no request scope"), new NullPointerException(),
                        new UncheckedIOException(new IOException("truncated")), new StackOverflowError(),
                        new NoClassDefFoundError("gone"), new OutOfMemoryError("Java heap space"),
                        new CompositeException(new IllegalStateException("one"), new IllegalStateException("two")),
                        new ProcessingException("no reader"),
                        new ProcessingException(new IllegalArgumentException("Failed to parse media type ///")))
                        .map(IngestionStub::failure),
                Stream.of(IngestionStub.status(302), IngestionStub.status(307), IngestionStub.response(304, null),
                        IngestionStub.response(304, "{\"status\": 1}"), IngestionStub.response(150, "{\"status\": 1}"),
                        IngestionStub.text("<!DOCTYPE html>"), IngestionStub.text("{\"status\": 1"),
                        IngestionStub.text("{\"status\": 1}}"), IngestionStub.text("[" + "[".repeat(100_000)),
                        request -> null));
        List<Answer> v0AndV1 = both.toList();
        Stream<Answer> v1 = Stream.of(null, "", " ", "1", "true", "null", "\"ok\"", "[]", "{\"results\": {}} <html>",
                "{\"results\": {\"").map(IngestionStub::text);
        return Stream.concat(Stream.of("v0", "v1").flatMap(protocol -> v0AndV1.stream().map(it -> Arguments.of(protocol, it))),
                v1.map(it -> Arguments.of("v1", it)));
    }

    @ParameterizedTest
    @MethodSource("failures")
    @Tag("RTQ-16")
    @Tag("RTQ-6")
    @Tag("V1-8")
    void theQueueKeepsItsEventsInOrder(String protocol, Answer failure) {
        check(TestPipeline.of("capture.protocol", protocol, "capture.flush-at", "5", "capture.max-batch-events", "5"), failure);
    }

    @ParameterizedTest
    @MethodSource("failures")
    @Tag("RTQ-16")
    @Tag("SPL-1")
    @Tag("V1-8")
    void soDoesTheSpool(String protocol, Answer failure) throws Exception {
        TestPipeline spooling = TestPipeline.of("capture.protocol", protocol, "capture.flush-at", "5",
                "capture.max-batch-events", "5", "capture.spool.directory", directory.toString());
        try {
            check(spooling, failure);
        } finally {
            spooling.close();
        }
    }

    private void check(TestPipeline posthog, Answer failure) {
        posthog.postHog.answering(failure);

        posthog.captureNumbers(1, 5);
        posthog.background.run();
        posthog.captureNumbers(6, 7);
        posthog.background.run();
        assertThat(posthog.status().queued()).isEqualTo(7);
        assertThat(posthog.status().pausedUntil()).isPresent();
        posthog.retry();
        posthog.flush();

        assertThat(posthog.postHog.names()).containsExactly(List.of("1", "2", "3", "4", "5"), List.of("1", "2", "3", "4", "5"),
                List.of("6", "7"));
        assertThat(posthog.postHog.request(1).uuids()).isEqualTo(posthog.postHog.request(0).uuids());
        assertThat(posthog.news.deliveredNames()).containsExactly("1", "2", "3", "4", "5", "6", "7");
        assertThat(posthog.status().dropped()).isEmpty();
        assertThat(posthog.status().queued()).isZero();
        assertThat(log.lines().get(log.lines().size() - 1)).contains("delivers events again");
    }

    @ParameterizedTest
    @MethodSource("failures")
    @Tag("RTQ-16")
    @Tag("STR-1")
    @Tag("V1-8")
    void soDoesAStream(String protocol, Answer failure) {
        TestPipeline posthog = TestPipeline.of("capture.protocol", protocol);
        posthog.postHog.answering(failure);

        UniAssertSubscriber<CaptureSummary> stream = posthog.pipeline
                .captureAll(Multi.createFrom().range(0, 5).map(i -> CaptureEvent.of("" + i, "zoey")), false).subscribe()
                .withSubscriber(UniAssertSubscriber.create());
        posthog.background.run();
        posthog.retry();

        assertThat(stream.assertCompleted().getItem().isComplete()).isTrue();
        assertThat(posthog.postHog.requests()).hasSize(2);
    }

    @ParameterizedTest
    @MethodSource("failures")
    @Tag("RTQ-16")
    @Tag("CAP-12")
    @Tag("V1-8")
    void soDoesAnEventThatIsSentAtOnce(String protocol, Answer failure) {
        TestPipeline posthog = immediate(protocol);
        posthog.postHog.answering(failure, failure);

        posthog.pipeline.captureImmediate(CaptureRequest.of(CaptureEvent.of("1", "zoey"))).await()
                .atMost(Duration.ofSeconds(10));

        assertThat(posthog.postHog.names()).containsExactly(List.of("1"), List.of("1"), List.of("1"));
        assertThat(posthog.status().delivered()).isEqualTo(1);
    }

    @ParameterizedTest
    @MethodSource("failures")
    @Tag("RTQ-16")
    @Tag("HTC-7")
    void itsCallerGetsADocumentedExceptionAfterTheLastAttempt(String protocol, Answer failure) {
        TestPipeline posthog = immediate(protocol);
        posthog.postHog.always(failure);

        assertThatThrownBy(() -> posthog.pipeline.captureImmediate(CaptureRequest.of(CaptureEvent.of("1", "zoey"))).await()
                .atMost(Duration.ofSeconds(10))).isInstanceOf(PostHogException.class);

        assertThat(posthog.postHog.requests()).hasSize(4);
        assertThat(posthog.status().dropped()).containsOnly(entry(DropReason.RETRIES_EXHAUSTED, 1L));
    }

    private static TestPipeline immediate(String protocol) {
        return TestPipeline.of("capture.protocol", protocol, "retry.initial-delay", "1ms", "retry.max-delay", "2ms");
    }

    @ParameterizedTest
    @ValueSource(strings = { "v0", "v1" })
    @Tag("RTQ-16")
    void aClientThatThrowsInsteadOfSendingIsAFailureForNow(String protocol) {
        TestPipeline posthog = TestPipeline.of("capture.protocol", protocol);
        posthog.postHog.throwing(new IllegalArgumentException("no such header"));

        posthog.captureNumbers(1, 3);
        posthog.flush();
        assertThat(posthog.status().queued()).isEqualTo(3);
        posthog.retry();

        assertThat(posthog.postHog.names()).containsExactly(List.of("1", "2", "3"));
    }

    @Test
    @Tag("CAP-16")
    void withoutAProjectTokenNothingIsRetried() {
        TestPipeline posthog = TestPipeline.of();
        posthog.postHog.always(IngestionStub.failure(new PostHogMissingKeyException("default", "captureImmediate", "no key")));

        posthog.pipeline.captureImmediate(CaptureRequest.of(CaptureEvent.of("1", "zoey"))).subscribe()
                .withSubscriber(UniAssertSubscriber.create())
                .assertFailedWith(PostHogMissingKeyException.class);

        assertThat(posthog.postHog.requests()).hasSize(1);
        assertThat(posthog.status().dropped()).containsOnly(entry(DropReason.NO_PROJECT_API_KEY, 1L));
    }

    @Test
    @Tag("RTQ-15")
    void unexpectedFailuresOpenTheCircuit() {
        TestPipeline posthog = TestPipeline.of();
        posthog.postHog.always(IngestionStub.failure(new IllegalArgumentException("busy")));
        posthog.capture("1");
        for (int i = 0; i < 6; i++) {
            posthog.flushing();
            posthog.retry();
        }
        int before = posthog.postHog.requests().size();

        posthog.pipeline.capture(CaptureRequest.of(CaptureEvent.of("$ai_generation", "zoey"), EventKind.AI));
        posthog.flushing();
        posthog.background.run();

        assertThat(posthog.postHog.requests()).as("the host is known to fail").hasSize(before);
    }

    @Test
    @Tag("LIS-3")
    void aListenerThatFailsAsBadlyAsItCanChangesNothing() {
        TestPipeline posthog = TestPipeline.of("capture.flush-at", "2", "capture.max-batch-events", "2");
        posthog.news.broken = new NoClassDefFoundError("gone");
        posthog.postHog.answering(IngestionStub.status(503), IngestionStub.success(), IngestionStub.status(401));

        posthog.captureNumbers(1, 6);
        posthog.background.run();
        posthog.retry();

        assertThat(posthog.postHog.names()).containsExactly(List.of("1", "2"), List.of("1", "2"), List.of("3", "4"),
                List.of("5", "6"));
        assertThat(posthog.status().delivered()).isEqualTo(4);
        assertThat(posthog.status().dropped()).containsOnly(entry(DropReason.REJECTED, 2L));
        assertThat(posthog.status().queued()).isZero();
    }

    @Test
    @Tag("RTQ-18")
    void anUnexpectedFailureIsLoggedOnceWithItsStackTraceAndWithoutKeys() {
        TestPipeline posthog = TestPipeline.of();
        posthog.postHog.always(IngestionStub.failure(new IllegalStateException("filter failed for " + TestPipeline.KEY,
                new IllegalArgumentException("bad\r\nheader " + TestPipeline.KEY))));

        posthog.capture("1");
        posthog.flushing();
        for (int i = 0; i < 10; i++) {
            posthog.retry();
        }

        assertThat(posthog.postHog.requests()).hasSizeGreaterThan(5);
        assertThat(log.warnings()).singleElement().asString().contains("keeps an event and tries again in",
                "java.lang.IllegalStateException: filter failed for ***");
        assertThat(log.thrown()).singleElement().satisfies(thrown -> {
            assertThat(thrown).hasToString("java.lang.IllegalStateException: filter failed for ***");
            assertThat(thrown.getStackTrace()).extracting(StackTraceElement::getClassName)
                    .contains(DeliveryFailuresTest.class.getName());
            assertThat(thrown.getCause()).hasToString("java.lang.IllegalArgumentException: bad  header ***");
        });
        assertThat(posthog.status().lastFailure()).hasValueSatisfying(
                failure -> assertThat(failure).contains("filter failed for ***").doesNotContain(TestPipeline.KEY));
    }

    @Test
    @Tag("RTQ-18")
    void aFailureWithADocumentedExceptionHasNoStackTrace() {
        TestPipeline posthog = TestPipeline.of();
        posthog.postHog.answering(IngestionStub.refusedConnection());

        posthog.capture("1");
        posthog.flush();

        assertThat(log.warnings()).hasSize(1);
        assertThat(log.thrown()).isEmpty();
    }

    @Test
    void exceptionsThatAreTheirOwnCauseEnd() {
        Exception one = new Exception("one");
        one.initCause(new Exception("two", one));

        UnexpectedFailure failure = UnexpectedFailure.of(one, text -> text);

        assertThat(failure.getCause()).hasToString("java.lang.Exception: two");
        assertThat(new PostHogConnectionException("a", "b", "c", failure)).hasRootCauseInstanceOf(UnexpectedFailure.class);
    }
}
