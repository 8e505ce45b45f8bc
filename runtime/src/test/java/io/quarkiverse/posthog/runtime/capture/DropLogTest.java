package io.quarkiverse.posthog.runtime.capture;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkiverse.posthog.CaptureEvent;
import io.quarkiverse.posthog.Guarantee;
import io.quarkiverse.posthog.capture.BeforeSend;
import io.quarkiverse.posthog.capture.DropReason;

/** Warnings of dropped events, which are logged once per interval. */
class DropLogTest {

    @RegisterExtension
    final LogLines log = new LogLines();

    @Test
    @Guarantee("RTQ-21")
    void aWarningNamesEachCauseThatItCounts() throws Exception {
        TestPipeline posthog = TestPipeline.of();

        posthog.capture(" ");
        posthog.capture(" ");
        posthog.pipeline.capture(CaptureEvent.of("$create_alias", "zoey").property("alias", " "));
        posthog.capture(" ");
        posthog.close();

        assertThat(log.warnings()).containsExactly(
                "PostHog account 'default' dropped an event: invalid: The name of an event must not be blank",
                "PostHog account 'default' dropped 3 events: invalid: The name of an event must not be blank (2);"
                        + " The alias of 'zoey' must not be blank (1)");
    }

    @Test
    @Guarantee("RTQ-21")
    void soDoesTheWarningOfFailedHooks() throws Exception {
        BeforeSend hook = event -> {
            throw new IllegalStateException(event.event());
        };
        TestPipeline posthog = TestPipeline.of(List.of(hook));

        posthog.capture("one");
        posthog.capture("two");
        posthog.capture("three");
        posthog.close();

        assertThat(log.warnings()).hasSize(2).last().asString().contains("dropped 2 events: a BeforeSend failed: ",
                "IllegalStateException: two (1); ", "IllegalStateException: three (1)");
    }

    @Test
    @Guarantee("RTQ-21")
    void theNumberOfCausesAndTheirLengthAreLimited() {
        CaptureLog captures = new CaptureLog("shop");
        captures.dropped(1, DropReason.REFUSED, "first");

        for (int i = 1; i <= 8; i++) {
            captures.dropped(10, DropReason.REFUSED, i + "\r\n\u2028\u0000" + "x".repeat(100_000));
        }
        captures.dropped(2, DropReason.REFUSED, null);
        captures.close();

        assertThat(log.warnings()).hasSize(2).last().asString()
                .startsWith("PostHog account 'shop' dropped 82 events: refused by PostHog: 1    xxx")
                .contains("... (10); 5    x")
                .endsWith("... (10); and 32 for other reasons").hasSizeLessThan(3000).doesNotContain("\r", "\n");
    }

    @Test
    @Guarantee("RTQ-21")
    void eventsWithoutADetailAreCountedApart() {
        CaptureLog captures = new CaptureLog("shop");
        captures.dropped(1, DropReason.QUEUE_FULL, null);

        captures.dropped(2, DropReason.QUEUE_FULL, null);
        captures.dropped(3, DropReason.QUEUE_FULL, "the spool is full");
        captures.close();

        assertThat(log.warnings()).containsExactly("PostHog account 'shop' dropped an event: the queue is full",
                "PostHog account 'shop' dropped 5 events: the queue is full: no details (2); the spool is full (3)");
    }
}
