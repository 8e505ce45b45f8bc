package io.quarkiverse.posthog.sdkadapter;

import java.time.Duration;

import io.quarkiverse.posthog.PostHog;
import io.quarkiverse.posthog.capture.CaptureStatus;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;

/** Flushes until the queue is empty, as the harness expects, up to a timeout. */
final class CompleteFlush {

    private static final Duration TIMEOUT = Duration.ofSeconds(2);
    private static final Duration PAUSE = Duration.ofMillis(10);

    private CompleteFlush() {
    }

    /** Returns the number of events that were delivered in the meantime. */
    static Uni<Long> of(PostHog posthog) {
        long before = posthog.captureStatus().delivered();
        // A flush ends with the first failure, whose events are retried later. Therefore, check the queue
        posthog.flush().subscribe().with(status -> {
        });
        return empty(posthog)
                .ifNoItem().after(TIMEOUT).recoverWithItem(posthog::captureStatus)
                .map(status -> status.delivered() - before);
    }

    private static Uni<CaptureStatus> empty(PostHog posthog) {
        return Multi.createBy().repeating().uni(() -> Uni.createFrom().item(posthog::captureStatus))
                .withDelay(PAUSE)
                .whilst(status -> status.queued() > 0)
                .collect().last();
    }
}
