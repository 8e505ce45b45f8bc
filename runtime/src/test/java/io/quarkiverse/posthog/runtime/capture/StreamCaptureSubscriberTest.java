package io.quarkiverse.posthog.runtime.capture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.Flow.Subscriber;
import java.util.concurrent.Flow.Subscription;
import java.util.concurrent.atomic.AtomicLong;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkiverse.posthog.CaptureEvent;
import io.quarkiverse.posthog.PostHogConnectionException;
import io.quarkiverse.posthog.PostHogMissingKeyException;
import io.quarkiverse.posthog.capture.CaptureSummary;
import io.quarkiverse.posthog.capture.DropReason;
import io.quarkiverse.posthog.runtime.capture.IngestionStub.Held;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.helpers.test.UniAssertSubscriber;

/** Streams of events, which may be longer than fits into memory. */
class StreamCaptureSubscriberTest {

    private static final int BATCH = 10;
    private static final int WINDOW = 4 * BATCH;

    @RegisterExtension
    final LogLines log = new LogLines();

    private final TestPipeline posthog = TestPipeline.of("capture.max-batch-events", "" + BATCH);

    @Test
    @Tag("STR-1")
    void everyEventIsDeliveredAndSummedUp() {
        posthog.postHog.answering(IngestionStub.status(503), IngestionStub.refusedConnection());

        UniAssertSubscriber<CaptureSummary> capture = capture(posthog, events(1000));
        posthog.retry();
        posthog.retry();

        CaptureSummary summary = capture.assertCompleted().getItem();
        assertThat(summary).isEqualTo(new CaptureSummary(1000, 1000, summary.dropped()));
        assertThat(summary.isComplete()).isTrue();
        assertThat(posthog.news.deliveredNames().stream().map(Integer::valueOf)).hasSize(1000).isSorted();
        assertThat(posthog.status().queued()).isZero();
        assertThat(posthog.background.isIdle()).isTrue();
    }

    @Test
    @Tag("STR-2")
    void noMoreThanAFewBatchesAreAskedForAheadOfTheAcknowledgements() {
        Upstream upstream = new Upstream(500);
        Held held = new Held();
        posthog.postHog.answering(held);

        UniAssertSubscriber<CaptureSummary> capture = capture(posthog, upstream.multi());
        posthog.background.advance(Duration.ofMinutes(1));

        assertThat(upstream.sent).as("while PostHog does not answer").hasValue(WINDOW);
        held.release(IngestionStub.success());
        posthog.postHog.always(request -> {
            assertThat(upstream.sent.get() - posthog.status().delivered()).isLessThanOrEqualTo(WINDOW);
            return IngestionStub.success().to(request);
        });
        posthog.background.run();
        assertThat(capture.assertCompleted().getItem().delivered()).isEqualTo(500);
    }

    @Test
    @Tag("STR-2")
    void norMoreThanSoManyBytes() {
        TestPipeline small = TestPipeline.of("capture.queue.max-size", "20K");
        small.postHog.always(new Held());
        Upstream upstream = new Upstream(100_000);

        capture(small, upstream.multi().map(event -> event.property("text", "x".repeat(1000))));
        small.background.advance(Duration.ofMinutes(1));

        assertThat(upstream.sent.get()).isLessThanOrEqualTo(400);
        assertThat(small.status().queuedBytes()).isLessThan(400 * 1200);
    }

    @Test
    @Tag("STR-2")
    void itIsNotHeldUpByAThresholdThatIsHigherThanThat() {
        TestPipeline eager = TestPipeline.of("capture.max-batch-events", "10", "capture.flush-at", "1000");

        UniAssertSubscriber<CaptureSummary> capture = capture(eager, events(500));
        eager.background.run();

        capture.assertCompleted();
    }

    @Test
    @Tag("STR-3")
    void whatIsDroppedIsCountedByReasonAndDoesNotEndIt() {
        TestPipeline picky = TestPipeline.of(List.of(event -> switch (event.event()) {
            case "3" -> null;
            case "4" -> throw new IllegalStateException("broken");
            default -> event;
        }), "capture.max-event-size", "1K", "capture.max-batch-events", "5");
        picky.postHog.answering(IngestionStub.status(401));

        UniAssertSubscriber<CaptureSummary> capture = capture(picky, events(20).map(event -> switch (event.event()) {
            case "1" -> CaptureEvent.of(" ", "zoey");
            case "2" -> event.property("text", "x".repeat(2000));
            default -> event;
        }));
        picky.background.run();

        CaptureSummary summary = capture.assertCompleted().getItem();
        assertThat(summary.total()).isEqualTo(20);
        assertThat(summary.dropped()).contains(entry(DropReason.INVALID, 1L), entry(DropReason.TOO_LARGE, 1L),
                entry(DropReason.BEFORE_SEND, 1L), entry(DropReason.BEFORE_SEND_FAILED, 1L));
        assertThat(summary.dropped(DropReason.REJECTED)).isBetween(1L, 5L);
        assertThat(summary.delivered()).isEqualTo(16 - summary.dropped(DropReason.REJECTED));
        assertThat(summary.totalDropped()).isEqualTo(20 - summary.delivered());
        assertThat(summary.isComplete()).isFalse();
    }

    @Test
    @Tag("STR-4")
    void aFailureOfTheStreamEndsItAfterTheEventsBeforeWereSent() {
        UniAssertSubscriber<CaptureSummary> capture = capture(posthog,
                Multi.createBy().concatenating().streams(events(25),
                        Multi.createFrom().failure(() -> new IllegalStateException("no more"))));
        posthog.background.run();

        capture.assertFailedWith(IllegalStateException.class, "no more");
        assertThat(posthog.status().delivered()).isEqualTo(25);
    }

    @Test
    @Tag("STR-5")
    void cancellingEndsItAtOnce() {
        Upstream upstream = new Upstream(500);
        Held held = new Held();
        posthog.postHog.answering(held);
        UniAssertSubscriber<CaptureSummary> capture = capture(posthog, upstream.multi());
        posthog.background.run();

        capture.cancel();
        posthog.background.run();

        assertThat(upstream.cancelled).isTrue();
        assertThat(held.isCancelled()).isTrue();
        assertThat(posthog.postHog.requests()).hasSize(1);
        posthog.background.advance(Duration.ofSeconds(30));
        assertThat(posthog.background.isIdle()).as("the dropped events are logged").isTrue();
        assertThat(posthog.status().queued()).isZero();
        assertThat(posthog.capture("still")).as("the account goes on").isPresent();
    }

    @Test
    @Tag("STR-6")
    void pastEventsAreMarkedAsSuch() {
        posthog.pipeline.captureAll(events(3), true).subscribe().withSubscriber(UniAssertSubscriber.create());
        posthog.background.run();
        capture(posthog, events(3));
        posthog.background.run();

        assertThat(posthog.postHog.requests()).extracting(request -> request.json().path("historical_migration").asBoolean())
                .containsExactly(true, false);
        assertThat(posthog.postHog.request(1).json().has("historical_migration")).isFalse();
    }

    @Test
    @Tag("STR-7")
    void anEmptyStreamSendsNothing() {
        UniAssertSubscriber<CaptureSummary> capture = capture(posthog, Multi.createFrom().empty());

        assertThat(capture.assertCompleted().getItem().total()).isZero();
        assertThat(posthog.postHog.requests()).isEmpty();
    }

    @Test
    @Tag("STR-7")
    void aStreamIsNotAskedForAnythingBeforeTheSubscriptionOrWithoutAKey() {
        Upstream upstream = new Upstream(500);

        posthog.pipeline.captureAll(upstream.multi(), false);
        capture(TestPipeline.withoutKey(), upstream.multi()).assertFailedWith(PostHogMissingKeyException.class,
                "set quarkus.posthog.project-api-key");

        assertThat(upstream.sent).hasValue(0);
    }

    @Test
    @Tag("STR-8")
    void closingTheAccountFailsAStreamThatDoesNotEnd() throws Exception {
        TestPipeline closing = TestPipeline.of("capture.shutdown-timeout", "100ms");
        closing.postHog.always(new Held());
        UniAssertSubscriber<CaptureSummary> capture = capture(closing, events(500));
        closing.background.run();

        closing.close();

        capture.assertFailedWith(PostHogConnectionException.class, "the account was closed");
        assertThat(closing.background.isIdle()).isTrue();
        capture(closing, events(5)).assertFailedWith(PostHogConnectionException.class, "the account was closed");
    }

    private static UniAssertSubscriber<CaptureSummary> capture(TestPipeline posthog, Multi<CaptureEvent> events) {
        return posthog.pipeline.captureAll(events, false).subscribe().withSubscriber(UniAssertSubscriber.create());
    }

    private static Multi<CaptureEvent> events(int count) {
        return Multi.createFrom().range(0, count).map(i -> CaptureEvent.of("" + i, "zoey"));
    }

    /** A stream that sends as many events as it is asked for, and counts them. */
    private static final class Upstream implements Subscription {

        private final AtomicLong sent = new AtomicLong();
        private final long size;
        private Subscriber<? super CaptureEvent> subscriber;
        private boolean cancelled;
        private long requested;
        private boolean sending;

        Upstream(long size) {
            this.size = size;
        }

        Multi<CaptureEvent> multi() {
            return Multi.createFrom().publisher(it -> {
                subscriber = it;
                it.onSubscribe(this);
            });
        }

        @Override
        public void request(long more) {
            requested += more;
            if (sending) {
                return;
            }
            sending = true;
            while (!cancelled && sent.get() < Math.min(size, requested)) {
                subscriber.onNext(CaptureEvent.of("" + sent.getAndIncrement(), "zoey"));
            }
            sending = false;
            if (!cancelled && sent.get() == size) {
                cancelled = true;
                subscriber.onComplete();
            }
        }

        @Override
        public void cancel() {
            cancelled = true;
        }
    }
}
