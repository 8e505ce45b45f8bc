package io.quarkiverse.posthog.runtime.capture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import java.time.Duration;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkiverse.posthog.CaptureEvent;
import io.quarkiverse.posthog.Guarantee;
import io.quarkiverse.posthog.capture.DropReason;
import io.quarkiverse.posthog.runtime.capture.IngestionStub.Held;
import io.smallrye.mutiny.helpers.test.UniAssertSubscriber;

class ShutdownTest {

    @RegisterExtension
    final LogLines log = new LogLines();

    private final TestPipeline posthog = TestPipeline.of("capture.shutdown-timeout", "300ms");

    @Test
    @Guarantee({ "SHD-6", "CAI-2" })
    void deliversWhatIsQueuedAndThenAcceptsNothing() throws Exception {
        posthog.capture("save");
        posthog.pipeline.captureAi(CaptureEvent.of("$ai_generation", "zoey"));

        posthog.close();

        assertThat(posthog.news.deliveredNames()).containsExactlyInAnyOrder("save", "$ai_generation");
        assertThat(posthog.capture("late")).isEmpty();
        assertThat(posthog.pipeline.captureAi(CaptureEvent.of("late", "zoey"))).isEmpty();
        posthog.flush();
        assertThat(posthog.postHog.requests()).hasSize(2);
        assertThat(posthog.status().dropped()).containsOnly(entry(DropReason.CLOSED, 2L));
    }

    @Test
    @Guarantee("SHD-6")
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
    @Guarantee({ "SHD-11", "CAI-2" })
    void nothingIsSentAtOnceAfterwards() throws Exception {
        posthog.close();

        posthog.pipeline.captureNow(CaptureEvent.of("late", "zoey")).subscribe()
                .withSubscriber(UniAssertSubscriber.create()).assertCompleted().assertItem(null);
        posthog.pipeline.captureAiNow(CaptureEvent.of("$ai_generation", "zoey")).subscribe()
                .withSubscriber(UniAssertSubscriber.create()).assertCompleted().assertItem(null);

        assertThat(posthog.postHog.requests()).isEmpty();
        assertThat(posthog.status().accepted()).isZero();
        assertThat(posthog.status().dropped(DropReason.CLOSED)).isEqualTo(2);
    }

    @Test
    @Guarantee("SHD-7")
    void twiceIsLikeOnce() throws Exception {
        posthog.capture("save");

        posthog.close();
        posthog.close();

        assertThat(posthog.postHog.requests()).hasSize(1);
        assertThat(posthog.background.isIdle()).isTrue();
        assertThat(log.warnings()).isEmpty();
    }

    @Test
    @Guarantee("SHD-7")
    void ofWhatWasNeverUsedDoesNothing() throws Exception {
        posthog.close();

        assertThat(posthog.postHog.requests()).isEmpty();
        assertThat(log.lines()).isEmpty();
    }

    @Test
    @Guarantee("SHD-8")
    void withoutPostHogSaysHowManyEventsAreLost() throws Exception {
        posthog.postHog.always(IngestionStub.status(503));
        posthog.captureNumbers(1, 150);

        posthog.close();

        assertThat(posthog.status().dropped()).containsOnly(entry(DropReason.CLOSED, 150L));
        assertThat(posthog.status().queued()).isZero();
        assertThat(posthog.news.dropped).hasSize(150);
        assertThat(log.warnings()).anyMatch(line -> line.contains("dropped 150 events: the account was closed"));
    }

    @Test
    @Guarantee("SHD-8")
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
        assertThat(log.warnings()).anyMatch(line -> line.contains("was closed before "));
        assertThat(log.warnings().stream().filter(line -> line.contains(" dropped ")).mapToLong(ShutdownTest::count).sum())
                .as("what the warnings sum up to")
                .isEqualTo(lost);
    }

    @Test
    @Guarantee("SHD-10")
    void takesNoLongerThanAllowed() throws Exception {
        posthog.postHog.always(new Held());
        posthog.captureNumbers(1, 3);
        long start = System.nanoTime();

        posthog.close();

        assertThat(Duration.ofNanos(System.nanoTime() - start)).isBetween(Duration.ofMillis(300), Duration.ofSeconds(5));
        assertThat(posthog.status().dropped()).containsOnly(entry(DropReason.CLOSED, 3L));
    }

    @Test
    @Guarantee("SHD-10")
    void doesNotWaitForAPauseThatLastsLonger() throws Exception {
        TestPipeline patient = TestPipeline.of("capture.shutdown-timeout", "10s");
        patient.postHog.always(IngestionStub.status(429, "20"));
        patient.capture("1");
        patient.flush();
        long start = System.nanoTime();

        patient.close();

        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(5));
        assertThat(patient.postHog.requests()).as("PostHog asked to wait").hasSize(1);
    }

    @Test
    @Guarantee("SHD-11")
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
    @Guarantee("SHD-11")
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
        String number = warning.replaceAll(".* dropped (an|\\d+) events?: .*", "$1");
        return number.equals("an") ? 1 : Long.parseLong(number);
    }

    private static void join(Thread thread) {
        try {
            thread.join();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
