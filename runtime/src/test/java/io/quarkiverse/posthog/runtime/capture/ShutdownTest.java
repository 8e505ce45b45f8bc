package io.quarkiverse.posthog.runtime.capture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.quarkiverse.posthog.CaptureEvent;
import io.quarkiverse.posthog.capture.DropReason;
import io.quarkiverse.posthog.runtime.capture.IngestionStub.Answer;
import io.quarkiverse.posthog.runtime.capture.IngestionStub.Held;
import io.quarkiverse.posthog.runtime.capture.event.EventKind;
import io.smallrye.mutiny.helpers.test.UniAssertSubscriber;

class ShutdownTest {

    @RegisterExtension
    final LogLines log = new LogLines();

    private final TestPipeline posthog = TestPipeline.of("capture.shutdown-timeout", "300ms");

    /** For tests in which everything is delivered, also on a busy machine. */
    private final TestPipeline longTimeout = TestPipeline.of("capture.shutdown-timeout", "30s");

    @Test
    @Tag("SHD-6")
    @Tag("CAI-2")
    void deliversWhatIsQueuedAndThenAcceptsNothing() throws Exception {
        longTimeout.capture("save");
        longTimeout.pipeline.capture(CaptureRequest.of(CaptureEvent.of("$ai_generation", "zoey"), EventKind.AI));

        longTimeout.close();

        assertThat(longTimeout.news.deliveredNames()).containsExactlyInAnyOrder("save", "$ai_generation");
        assertThat(longTimeout.capture("late")).isEmpty();
        assertThat(longTimeout.pipeline.capture(CaptureRequest.of(CaptureEvent.of("late", "zoey"), EventKind.AI))).isEmpty();
        longTimeout.flush();
        assertThat(longTimeout.postHog.requests()).hasSize(2);
        assertThat(longTimeout.status().dropped()).containsOnly(entry(DropReason.CLOSED, 2L));
    }

    @Test
    @Tag("SHD-6")
    void leavesNoTimerAndNothingToDo() throws Exception {
        posthog.postHog.always(IngestionStub.status(503));
        posthog.captureNumbers(1, 200);
        posthog.background.run();
        assertThat(posthog.background.timers()).isPositive();

        posthog.close();

        assertThat(posthog.background.isIdle()).isTrue();
        int sent = posthog.postHog.requests().size();
        posthog.background.advance(Duration.ofHours(1));
        assertThat(posthog.postHog.requests()).hasSize(sent);
    }

    @Test
    @Tag("SHD-11")
    @Tag("CAI-2")
    void nothingIsSentAtOnceAfterwards() throws Exception {
        posthog.close();

        posthog.pipeline.captureImmediate(CaptureRequest.of(CaptureEvent.of("late", "zoey"))).subscribe()
                .withSubscriber(UniAssertSubscriber.create()).assertCompleted().assertItem(null);
        posthog.pipeline.captureImmediate(CaptureRequest.of(CaptureEvent.of("$ai_generation", "zoey"), EventKind.AI))
                .subscribe()
                .withSubscriber(UniAssertSubscriber.create()).assertCompleted().assertItem(null);

        assertThat(posthog.postHog.requests()).isEmpty();
        assertThat(posthog.status().accepted()).isZero();
        assertThat(posthog.status().dropped(DropReason.CLOSED)).isEqualTo(2);
    }

    @Test
    @Tag("SHD-14")
    void eventsThatComeTooLateAreCountedAndLoggedOnce() throws Exception {
        posthog.postHog.always(new Held());
        posthog.capture("1");
        posthog.background.run();
        posthog.background.during(() -> {
            posthog.pipeline.drain().subscribe().with(ignored -> {
            });
            for (int i = 0; i < 100; i++) {
                assertThat(posthog.capture("tick")).isEmpty();
            }
            assertThat(log.warnings()).isEmpty();
            posthog.pipeline.close();
        });
        assertThat(log.warnings()).hasSize(2).first().asString().contains("dropped 100 events: ", "'tick' (100)");

        for (int i = 0; i < 100; i++) {
            assertThat(posthog.capture("tock")).isEmpty();
        }
        posthog.background.advance(Duration.ofMinutes(5));

        assertThat(log.warnings()).hasSize(3).last().asString().contains("dropped an event: the account was closed", "'tock'",
                "further ones are counted, but not logged");
        assertThat(posthog.status().dropped()).containsOnly(entry(DropReason.CLOSED, 201L));
        assertThat(posthog.background.isIdle()).isTrue();
    }

    @Test
    @Tag("SHD-16")
    void anInterruptedThreadDeliversWhatIsQueued() throws Exception {
        longTimeout.capture("save");

        longTimeout.background.during(() -> {
            Thread.currentThread().interrupt();
            longTimeout.pipeline.close();
            assertThat(Thread.currentThread().isInterrupted()).isTrue();
        });

        assertThat(longTimeout.news.deliveredNames()).containsExactly("save");
        assertThat(log.warnings()).isEmpty();
    }

    @Test
    @Tag("SHD-7")
    void twiceIsLikeOnce() throws Exception {
        longTimeout.capture("save");

        longTimeout.close();
        longTimeout.close();

        assertThat(longTimeout.postHog.requests()).hasSize(1);
        assertThat(longTimeout.background.isIdle()).isTrue();
        assertThat(log.warnings()).isEmpty();
    }

    @Test
    @Tag("SHD-7")
    void ofWhatWasNeverUsedDoesNothing() throws Exception {
        posthog.close();

        assertThat(posthog.postHog.requests()).isEmpty();
        assertThat(log.lines()).isEmpty();
    }

    @Test
    @Tag("SHD-8")
    void withoutPostHogSaysHowManyEventsAreLost() throws Exception {
        posthog.postHog.always(IngestionStub.status(503));
        posthog.captureNumbers(1, 150);

        posthog.close();

        assertThat(posthog.status().dropped()).containsOnly(entry(DropReason.CLOSED, 150L));
        assertThat(posthog.status().queued()).isZero();
        assertThat(posthog.news.dropped).hasSize(150);
        assertThat(log.warnings()).satisfiesExactly(failure -> assertThat(failure).contains("tries again in "),
                lost -> assertThat(lost).startsWith("PostHog account 'default' was closed before 150 events were delivered; "
                        + "they are lost; events: '1' (1), '2' (1), '3' (1), '4' (1), '5' (1) and 145 with other names.")
                        .contains("quarkus.posthog.capture.shutdown-timeout", "quarkus.posthog.capture.spool.directory"));
        assertThat(log.thrown()).isEmpty();
    }

    @Test
    @Tag("SHD-8")
    void countsThemAlsoWhenThreadsGoOnCapturing() throws Exception {
        Held held = new Held();
        posthog.postHog.always(held);
        posthog.captureNumbers(1, 100);
        posthog.background.run();

        posthog.background.during(() -> {
            Thread closing = new Thread(posthog.pipeline::close);
            closing.start();
            while (posthog.capture("late").isPresent()) {
                Thread.onSpinWait();
            }
            posthog.capture("later");
            join(closing);
        });

        long lost = posthog.status().dropped(DropReason.CLOSED);
        assertThat(lost).isGreaterThanOrEqualTo(102);
        assertThat(held.isCancelled()).isTrue();
        assertThat(log.warnings()).hasSizeLessThanOrEqualTo(3).anyMatch(line -> line.contains("was closed before "));
        assertThat(log.warnings().stream().mapToLong(ShutdownTest::count).sum()).as("what the warnings sum up to")
                .isEqualTo(lost);
    }

    @Test
    @Tag("SHD-10")
    void takesNoLongerThanAllowed() throws Exception {
        posthog.postHog.always(new Held());
        posthog.captureNumbers(1, 3);
        long start = System.nanoTime();

        posthog.close();

        assertThat(Duration.ofNanos(System.nanoTime() - start)).isBetween(Duration.ofMillis(300), Duration.ofSeconds(5));
        assertThat(posthog.status().dropped()).containsOnly(entry(DropReason.CLOSED, 3L));
    }

    @Test
    @Tag("SHD-13")
    void triesUntilTheEndOfTheTimeout() {
        Drain drain = new Drain("10s");
        drain.posthog.postHog.always(drain.at(IngestionStub.status(503)));
        drain.posthog.capture("1");

        drain.run(Duration.ofSeconds(11));

        assertThat(drain.seconds).hasSizeBetween(6, 15);
        assertThat(drain.seconds.get(0)).isZero();
        assertThat(drain.seconds.get(drain.seconds.size() - 1)).isBetween(9.8, 10.0);
        assertThat(drain.ended).isBetween(9.8, 10.0);
    }

    @ParameterizedTest
    @Tag("SHD-13")
    @ValueSource(doubles = { 0.1, 3, 5, 7.4, 9, 9.5, 9.8 })
    void deliversIfPostHogRecoversWithinTheTimeout(double recovery) {
        Drain drain = new Drain("10s");
        drain.posthog.postHog.always(drain.at(request -> (drain.now() < recovery ? IngestionStub.status(503)
                : IngestionStub.success()).to(request)));
        drain.posthog.captureNumbers(1, 3);
        drain.posthog.pipeline.capture(CaptureRequest.of(CaptureEvent.of("ai", "zoey"), EventKind.AI));

        drain.run(Duration.ofSeconds(11));

        assertThat(drain.posthog.news.deliveredNames()).containsExactlyInAnyOrder("1", "2", "3", "ai");
        assertThat(drain.ended).isBetween(recovery, 10.0);
    }

    @Test
    @Tag("SHD-13")
    void doesNotWaitForAPauseFromBefore() {
        Drain drain = new Drain("10s", "capture.retry.initial-delay", "1h", "capture.retry.max-delay", "1h");
        drain.posthog.postHog.answering(drain.at(IngestionStub.status(503)));
        drain.posthog.capture("1");
        drain.posthog.flush();

        drain.run(Duration.ofSeconds(1));

        assertThat(drain.posthog.news.deliveredNames()).containsExactly("1");
        assertThat(drain.ended).isZero();
    }

    @Test
    @Tag("SHD-13")
    void doesNotWaitForTheOtherQueuesAfterManyFailures() {
        Drain drain = new Drain("10s", "capture.retry.initial-delay", "1h", "capture.retry.max-delay", "1h");
        drain.posthog.postHog.always(IngestionStub.status(503));
        drain.posthog.capture("1");
        for (int i = 0; i < 8; i++) {
            drain.posthog.flush();
            drain.posthog.background.advance(Duration.ofHours(1));
        }
        drain.posthog.postHog.always(IngestionStub.success());

        drain.run(Duration.ofSeconds(1));

        assertThat(drain.posthog.news.deliveredNames()).containsExactly("1");
        assertThat(drain.ended).isZero();
    }

    @ParameterizedTest
    @Tag("SHD-13")
    @CsvSource({ "20, 9", "9, 9", "3, 3" })
    void makesOneAttemptBeforeTheEndOfAPauseThatPostHogAskedFor(String retryAfter, double attempt) {
        Drain drain = new Drain("10s");
        drain.posthog.postHog.always(drain.at(IngestionStub.status(503, retryAfter)));
        drain.posthog.capture("1");
        drain.posthog.flush();
        drain.seconds.clear();

        drain.run(Duration.ofSeconds(11));

        assertThat(drain.seconds.get(0)).isEqualTo(attempt);
        assertThat(drain.ended).isBetween(9.0, 10.0);
    }

    @Test
    @Tag("SHD-13")
    void aShortTimeoutIsUsedAsWell() {
        Drain drain = new Drain("1s");
        drain.posthog.postHog.always(drain.at(IngestionStub.status(503)));
        drain.posthog.capture("1");

        drain.run(Duration.ofSeconds(2));

        assertThat(drain.ended).isBetween(0.8, 1.0);
        assertThat(drain.seconds).hasSizeBetween(3, 10);
    }

    /** Closes an account in the time of the test, and records when it sends requests. */
    private static final class Drain {

        final List<Double> seconds = new ArrayList<>();
        final TestPipeline posthog;
        private Instant start;
        double ended = -1;

        Drain(String timeout, String... properties) {
            posthog = TestPipeline.of(Stream.concat(Stream.of("capture.shutdown-timeout", timeout), Stream.of(properties))
                    .toArray(String[]::new));
            start = posthog.background.now();
        }

        double now() {
            return Duration.between(start, posthog.background.now()).toMillis() / 1e3;
        }

        Answer at(Answer answer) {
            return request -> {
                seconds.add(now());
                return answer.to(request);
            };
        }

        void run(Duration time) {
            start = posthog.background.now();
            posthog.pipeline.drain().subscribe().with(ignored -> ended = now());
            posthog.background.advance(time);
            posthog.pipeline.close();
        }
    }

    @Test
    @Tag("SHD-11")
    void sendsNothingAfterItEvenIfABatchWasReady() throws Exception {
        TestPipeline hasty = TestPipeline.of("capture.shutdown-timeout", "0s", "capture.flush-at", "1");
        hasty.capture("ready");
        hasty.background.step();

        hasty.pipeline.close();
        hasty.background.run();

        assertThat(hasty.postHog.requests()).isEmpty();
        assertThat(hasty.status().dropped()).containsOnly(entry(DropReason.CLOSED, 1L));
        assertThat(hasty.news.deliveredNames()).isEmpty();
    }

    @Test
    @Tag("SHD-11")
    void endsAFlushThatWaits() throws Exception {
        posthog.postHog.always(new Held());
        posthog.capture("1");
        UniAssertSubscriber<?> flush = posthog.flushing();
        posthog.background.run();

        posthog.close();

        flush.assertCompleted();
        assertThat(posthog.news.droppedNames()).isEqualTo(List.of("1"));
    }

    private static long count(String warning) {
        Matcher number = Pattern.compile(" (?:dropped|was closed before) (an|\\d+) events? ?").matcher(warning);
        assertThat(number.find()).as(warning).isTrue();
        return number.group(1).equals("an") ? 1 : Long.parseLong(number.group(1));
    }

    private static void join(Thread thread) {
        try {
            thread.join();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
