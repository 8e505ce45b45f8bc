package io.quarkiverse.posthog.runtime.capture.delivery;

import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

import io.quarkiverse.posthog.capture.DropReason;
import io.quarkiverse.posthog.runtime.capture.event.QueuedEvent;
import io.quarkiverse.posthog.runtime.capture.report.DeliveryCallback;
import io.quarkiverse.posthog.runtime.capture.wire.Batch;

/**
 * The result of sending a batch.
 *
 * @param delivered the events that PostHog has acknowledged
 * @param dropped the events that are not retried
 * @param again the batches to send next, in order; empty if each event is delivered or dropped
 * @param pause the time to wait before the next request; null to send it immediately
 * @param outage whether PostHog or the network failed, rather than PostHog rejecting the events
 * @param failure the failure of the request; null if it succeeded
 */
record SendResult(List<QueuedEvent> delivered, List<Dropped> dropped, List<Batch> again, Duration pause, boolean outage,
        Throwable failure) {

    static SendResult delivered(List<QueuedEvent> events) {
        return new SendResult(events, List.of(), List.of(), null, false, null);
    }

    static SendResult dropped(List<QueuedEvent> events, DropReason reason, String detail, Throwable failure) {
        return delivered(List.of()).withDropped(List.of(new Dropped(events, reason, detail))).withFailure(failure);
    }

    /** Adds dropped events. */
    SendResult withDropped(List<Dropped> additional) {
        return new SendResult(delivered, Stream.concat(dropped.stream(), additional.stream()).toList(), again, pause, outage,
                failure);
    }

    SendResult withRetries(List<Batch> again) {
        return new SendResult(delivered, dropped, again, pause, outage, failure);
    }

    /** Sets the time to wait before the next request. */
    SendResult withBackoff(Duration pause, boolean outage) {
        return new SendResult(delivered, dropped, again, pause, outage, failure);
    }

    SendResult withFailure(Throwable failure) {
        return new SendResult(delivered, dropped, again, pause, outage, failure);
    }

    void reportTo(DeliveryCallback callback) {
        if (!delivered.isEmpty()) {
            callback.delivered(delivered);
        }
        dropped.forEach(drop -> callback.dropped(drop.events(), drop.reason(), drop.detail()));
    }

    /** Events that are not retried, and the reason. */
    record Dropped(List<QueuedEvent> events, DropReason reason, String detail) {
    }
}
