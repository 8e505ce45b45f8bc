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

    /** @param detail what was wrong; null if there is nothing to say */
    void dropped(List<QueuedEvent> events, DropReason reason, String detail);

    /** Events were dropped that are not at hand. */
    void dropped(long count, DropReason reason, String detail);

    /**
     * A request was made.
     *
     * @param failure why it was no success; null when it was one
     * @param details for whoever wants to know more
     */
    void attempted(Batch batch, String failure, Supplier<DeliveryAttempt> details);
}
