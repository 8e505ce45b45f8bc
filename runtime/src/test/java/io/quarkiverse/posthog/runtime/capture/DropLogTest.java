package io.quarkiverse.posthog.runtime.capture;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.UUID;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkiverse.posthog.CaptureEvent;
import io.quarkiverse.posthog.capture.BeforeSend;
import io.quarkiverse.posthog.capture.DropReason;
import io.quarkiverse.posthog.runtime.background.ManualBackground;
import io.quarkiverse.posthog.runtime.capture.event.EventKind;
import io.quarkiverse.posthog.runtime.capture.log.DropLog;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.helpers.test.UniAssertSubscriber;

/** Warnings of dropped events, which are logged once per interval. */
class DropLogTest {

    @RegisterExtension
    final LogLines log = new LogLines();

    private final TestPipeline posthog = TestPipeline.of();

    @Test
    @Tag("RTQ-21")
    void aWarningNamesEachCauseAndEventThatItCounts() {
        posthog.capture(" ");
        posthog.capture(" ");
        posthog.pipeline.capture(CaptureRequest.of(CaptureEvent.of("$create_alias", "zoey").property("alias", " ")));
        posthog.capture(" ");
        posthog.background.advance(Duration.ofSeconds(30));

        assertThat(log.warnings()).containsExactly(
                "PostHog account 'default' dropped an event: invalid: The name of an event must not be blank; event: ' '",
                "PostHog account 'default' dropped 3 events: invalid: The name of an event must not be blank (2);"
                        + " The alias of 'zoey' must not be blank (1); events: ' ' (2), '$create_alias' (1)");
    }

    @Test
    @Tag("RTQ-22")
    void thereIsASummaryEvery30SecondsWhileEventsAreDropped() {
        posthog.capture(" ");
        assertThat(log.warnings()).hasSize(1);

        for (int i = 2; i <= 4; i++) {
            posthog.capture(" ");
            posthog.capture(" ");
            posthog.background.advance(Duration.ofSeconds(29));
            assertThat(log.warnings()).hasSize(i - 1);
            posthog.background.advance(Duration.ofSeconds(1));
            assertThat(log.warnings()).hasSize(i).last().asString().contains("dropped 2 events: invalid");
        }
        posthog.background.advance(Duration.ofMinutes(10));
        assertThat(log.warnings()).hasSize(4);
        assertThat(posthog.background.isIdle()).as("without drops there is no timer").isTrue();
    }

    @Test
    @Tag("RTQ-22")
    void afterAnIntervalWithoutDropsTheNextOneIsLoggedAtOnce() {
        posthog.capture(" ");
        posthog.background.advance(Duration.ofSeconds(30));

        posthog.capture(" ");

        assertThat(log.warnings()).hasSize(2).allMatch(line -> line.contains("dropped an event: invalid"));
    }

    @Test
    @Tag("RTQ-22")
    void eachReasonIsLoggedAtOnce() {
        TestPipeline small = TestPipeline.of("capture.max-event-size", "100", "capture.flush-at", "1");

        small.capture(" ");
        small.capture("large");
        small.background.run();

        assertThat(log.warnings()).satisfiesExactly(invalid -> assertThat(invalid).contains("invalid"),
                large -> assertThat(large).contains("too large", "'large'"));
    }

    @Test
    @Tag("RTQ-22")
    void closingLogsWhatWasNotLogged() throws Exception {
        posthog.capture(" ");
        posthog.capture(" ");

        posthog.close();

        assertThat(log.warnings()).hasSize(2);
        assertThat(posthog.background.isIdle()).isTrue();
    }

    @Test
    @Tag("RTQ-21")
    void soDoesTheWarningOfFailedHooks() {
        BeforeSend hook = event -> {
            throw new IllegalStateException(event.event());
        };
        TestPipeline hooked = TestPipeline.of(List.of(hook));

        hooked.capture("one");
        hooked.capture("two");
        hooked.capture("three");
        hooked.background.advance(Duration.ofSeconds(30));

        assertThat(log.warnings()).hasSize(2).last().asString().contains("dropped 2 events: a BeforeSend failed: ",
                "IllegalStateException: two (1); ", "IllegalStateException: three (1)", "events: 'two' (1), 'three' (1)");
    }

    @Test
    @Tag("RTQ-22")
    void dropsOfCaptureImmediateAreNotLogged() throws Exception {
        TestPipeline rejecting = TestPipeline.of("capture.max-event-size", "1000");
        rejecting.postHog.always(IngestionStub.status(401));
        List<Uni<UUID>> all = List.of(rejecting.pipeline.captureImmediate(CaptureRequest.of(CaptureEvent.of(" ", "zoey"))),
                rejecting.pipeline
                        .captureImmediate(CaptureRequest.of(CaptureEvent.of("$create_alias", "zoey").property("alias", " "))),
                rejecting.pipeline
                        .captureImmediate(
                                CaptureRequest.of(CaptureEvent.of("large", "zoey").property("text", "x".repeat(2000)))),
                rejecting.pipeline.captureImmediate(CaptureRequest.of(CaptureEvent.of("refused", "zoey"))),
                rejecting.pipeline.captureImmediate(CaptureRequest.of(CaptureEvent.of(" ", "zoey"), EventKind.AI)));
        for (Uni<UUID> now : all) {
            UniAssertSubscriber<UUID> caller = now.subscribe().withSubscriber(UniAssertSubscriber.create());
            rejecting.background.run();
            caller.assertFailed();
        }
        rejecting.close();
        rejecting.pipeline.captureImmediate(CaptureRequest.of(CaptureEvent.of("late", "zoey"))).subscribe()
                .withSubscriber(UniAssertSubscriber.create()).assertItem(null);
        rejecting.background.advance(Duration.ofMinutes(1));

        assertThat(log.lines()).isEmpty();
        assertThat(rejecting.status().totalDropped()).isEqualTo(6);
        assertThat(rejecting.news.dropped).hasSize(6);
    }

    @Test
    @Tag("RTQ-21")
    void theNumberOfCausesAndNamesAndTheirLengthAreLimited() {
        ManualBackground background = new ManualBackground();
        DropLog drops = new DropLog("shop", background);
        drops.dropped(1, DropReason.REJECTED, "first");

        for (int i = 1; i <= 8; i++) {
            drops.dropped(List.of(i + "\r\n" + "n".repeat(10_000), "other"), DropReason.REJECTED,
                    i + "\r\n\u2028\u0000" + "x".repeat(100_000));
        }
        drops.dropped(2, DropReason.REJECTED, null);
        background.advance(Duration.ofSeconds(30));

        assertThat(log.warnings()).hasSize(2).last().asString()
                .startsWith("PostHog account 'shop' dropped 18 events: rejected by PostHog: 1    xxx")
                .contains("... (2); 5    x", "... (2); and 8 for other reasons; events: '1  nnn",
                        "nn...' (1), 'other' (8), '2  nn")
                .endsWith("...' (1) and 4 with other names").hasSizeLessThan(3500).doesNotContain("\r", "\n");
    }

    @Test
    @Tag("RTQ-21")
    void eventsWithoutADetailAreCountedApart() {
        ManualBackground background = new ManualBackground();
        DropLog drops = new DropLog("shop", background);
        drops.dropped(1, DropReason.QUEUE_FULL, null);

        drops.dropped(2, DropReason.QUEUE_FULL, null);
        drops.dropped(3, DropReason.QUEUE_FULL, "the spool is full");
        drops.stopping();

        assertThat(log.warnings()).containsExactly("PostHog account 'shop' dropped an event: the queue is full",
                "PostHog account 'shop' dropped 5 events: the queue is full: no details (2); the spool is full (3)");
    }
}
