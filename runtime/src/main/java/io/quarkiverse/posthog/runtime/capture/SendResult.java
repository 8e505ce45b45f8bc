package io.quarkiverse.posthog.runtime.capture;

import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

import io.quarkiverse.posthog.capture.DropReason;

/**
 * The result of sending a batch.
 *
 * @param delivered what PostHog has acknowledged
 * @param dropped what will not be sent again
 * @param again what is to be sent next, in order; empty when the fate of each event is known
 * @param pause how long to wait before anything else is sent; null when there is no need to
 * @param outage whether PostHog or the way to it is in trouble, rather than the events
 * @param failure what went wrong; null when nothing did
 */
record SendResult(List<QueuedEvent> delivered, List<Dropped> dropped, List<Batch> again, Duration pause, boolean outage,
        Throwable failure) {

    static SendResult delivered(List<QueuedEvent> events) {
        return new SendResult(events, List.of(), List.of(), null, false, null);
    }

    static SendResult dropped(List<QueuedEvent> events, DropReason reason, String detail, Throwable failure) {
        return delivered(List.of()).dropping(List.of(new Dropped(events, reason, detail))).because(failure);
    }

    /** And this was dropped, too. */
    SendResult dropping(List<Dropped> more) {
        return new SendResult(delivered, Stream.concat(dropped.stream(), more.stream()).toList(), again, pause, outage,
                failure);
    }

    SendResult then(List<Batch> again) {
        return new SendResult(delivered, dropped, again, pause, outage, failure);
    }

    /** Nothing is to be sent for a while. */
    SendResult pausing(Duration pause, boolean outage) {
        return new SendResult(delivered, dropped, again, pause, outage, failure);
    }

    SendResult because(Throwable failure) {
        return new SendResult(delivered, dropped, again, pause, outage, failure);
    }

    void tell(DeliveryCallback callback) {
        if (!delivered.isEmpty()) {
            callback.delivered(delivered);
        }
        dropped.forEach(drop -> callback.dropped(drop.events(), drop.reason(), drop.detail()));
    }

    /** Events that will not be sent again, and why. */
    record Dropped(List<QueuedEvent> events, DropReason reason, String detail) {
    }
}
