package io.quarkiverse.posthog.runtime.capture.report;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

import io.quarkiverse.posthog.runtime.capture.event.EventEnricher;
import io.quarkiverse.posthog.runtime.capture.event.QueuedEvent;

/** Measures the time from capturing events to their acknowledgement. */
public final class DeliveryLatency {

    private DeliveryLatency() {
    }

    /** That of the one that waited longest; empty when the time of capture of none is known. */
    public static Optional<Duration> of(List<QueuedEvent> delivered) {
        for (QueuedEvent event : delivered) {
            // One that the caller set may be of any time
            if (!event.event().properties().containsKey(EventEnricher.IGNORE_SENT_AT)) {
                return Optional.of(Duration.between(event.event().timestamp(), Instant.now()));
            }
        }
        return Optional.empty();
    }
}
