package io.quarkiverse.posthog.sdkadapter;

import java.time.Duration;

import io.quarkiverse.posthog.PostHog;
import io.quarkiverse.posthog.capture.CaptureStatus;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;

/** Flushes until the queue is empty, as the harness expects, up to a timeout. */
final class PatientFlush {

    private static final Duration PATIENCE = Duration.ofSeconds(2);
    private static final Duration PAUSE = Duration.ofMillis(10);

    private PatientFlush() {
    }

    /** How many events were delivered meanwhile. */
    static Uni<Long> of(PostHog posthog) {
        long before = posthog.captureStatus().delivered();
        // Flushing ends with the first failure, and what failed is sent again later: the queue tells when all is done
        posthog.flush().subscribe().with(status -> {
        });
        return empty(posthog)
                .ifNoItem().after(PATIENCE).recoverWithItem(posthog::captureStatus)
                .map(status -> status.delivered() - before);
    }

    private static Uni<CaptureStatus> empty(PostHog posthog) {
        return Multi.createBy().repeating().uni(() -> Uni.createFrom().item(posthog::captureStatus))
                .withDelay(PAUSE)
                .whilst(status -> status.queued() > 0)
                .collect().last();
    }
}
