package io.quarkiverse.posthog.runtime.capture.report;

import java.util.List;
import java.util.function.Supplier;

import io.quarkiverse.posthog.capture.DeliveryAttempt;
import io.quarkiverse.posthog.capture.DropReason;
import io.quarkiverse.posthog.runtime.capture.event.QueuedEvent;
import io.quarkiverse.posthog.runtime.capture.wire.Batch;

/** Is notified of the outcome of events. */
public interface DeliveryCallback {

    void delivered(List<QueuedEvent> events);

    /** @param detail the details of the reason; null if there are none */
    void dropped(List<QueuedEvent> events, DropReason reason, String detail);

    /** Events were dropped that are not in memory. */
    void dropped(long count, DropReason reason, String detail);

    /**
     * A request was sent.
     *
     * @param failure the failure; null if the request succeeded
     * @param details supplies the details of the attempt
     */
    void attempted(Batch batch, String failure, Supplier<DeliveryAttempt> details);
}
