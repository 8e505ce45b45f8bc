package io.quarkiverse.posthog.runtime.capture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkiverse.posthog.CaptureEvent;
import io.quarkiverse.posthog.capture.CaptureSummary;
import io.quarkiverse.posthog.capture.DropReason;
import io.quarkiverse.posthog.runtime.capture.event.EventKind;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.helpers.test.UniAssertSubscriber;

class OptOutTest {

    @RegisterExtension
    final LogLines log = new LogLines();

    private final List<String> hooked = new ArrayList<>();
    private final TestPipeline posthog = TestPipeline.of(List.of(event -> {
        hooked.add(event.event());
        return event;
    }));

    @Test
    @Tag("OPT-1")
    @Tag("CAP-4")
    void nothingOfAnyKindIsCapturedAfterOptingOut() {
        posthog.pipeline.optOut(true);

        assertThat(posthog.capture("blocked")).isEmpty();
        assertThat(posthog.pipeline.capture(CaptureRequest.of(CaptureEvent.of("blocked", "zoey"), EventKind.AI))).isEmpty();
        posthog.pipeline.captureImmediate(CaptureRequest.of(CaptureEvent.of("blocked", "zoey"))).subscribe()
                .withSubscriber(UniAssertSubscriber.create()).assertItem(null);
        UniAssertSubscriber<CaptureSummary> stream = posthog.pipeline
                .captureAll(Multi.createFrom().item(CaptureEvent.of("blocked", "zoey")), false).subscribe()
                .withSubscriber(UniAssertSubscriber.create());
        posthog.background.run();
        assertThat(stream.assertCompleted().getItem().dropped(DropReason.OPTED_OUT)).isEqualTo(1);
        posthog.flush();

        assertThat(posthog.postHog.requests()).isEmpty();
        assertThat(hooked).as("hooks are not even asked").isEmpty();
        assertThat(posthog.status().dropped()).containsOnly(entry(DropReason.OPTED_OUT, 4L));
        assertThat(posthog.news.dropped).isEmpty();
        assertThat(log.lines()).isEmpty();
    }

    @Test
    @Tag("OPT-2")
    void optingInCapturesAgainAtOnce() {
        posthog.pipeline.optOut(true);
        posthog.pipeline.optOut(false);

        assertThat(posthog.pipeline.isOptedOut()).isFalse();
        assertThat(posthog.capture("allowed")).isPresent();
        posthog.flush();
        assertThat(posthog.postHog.names()).containsExactly(List.of("allowed"));
    }

    @Test
    @Tag("OPT-3")
    void anAccountSaysWhetherItIsOptedOutWithoutARequest() {
        assertThat(posthog.pipeline.isOptedOut()).isFalse();
        posthog.pipeline.optOut(true);
        assertThat(posthog.pipeline.isOptedOut()).isTrue();
        assertThat(posthog.postHog.requests()).isEmpty();
    }

    @Test
    @Tag("OPT-3")
    @Tag("OPT-2")
    void anAccountMayBeOptedOutByItsConfigurationUntilItOptsIn() {
        TestPipeline disabled = TestPipeline.of("capture.enabled", "false");

        assertThat(disabled.pipeline.isOptedOut()).isTrue();
        assertThat(disabled.capture("blocked")).isEmpty();
        disabled.pipeline.optOut(false);
        assertThat(disabled.capture("allowed")).isPresent();
    }

    @Test
    @Tag("OPT-4")
    void whatWasCapturedBeforeIsStillSent() {
        posthog.capture("before");
        posthog.pipeline.optOut(true);

        posthog.flush();

        assertThat(posthog.postHog.names()).containsExactly(List.of("before"));
    }
}
