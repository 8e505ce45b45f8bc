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

    /** The latency of the oldest event; empty if all timestamps were set by callers. */
    public static Optional<Duration> of(List<QueuedEvent> delivered) {
        for (QueuedEvent event : delivered) {
            // A timestamp that the caller set may be any time
            if (!event.event().properties().containsKey(EventEnricher.IGNORE_SENT_AT)) {
                return Optional.of(Duration.between(event.event().timestamp(), Instant.now()));
            }
        }
        return Optional.empty();
    }
}
