package io.quarkiverse.posthog.runtime.capture.delivery;

import java.util.List;
import java.util.function.LongConsumer;
import java.util.function.Supplier;

import io.quarkiverse.posthog.capture.DeliveryAttempt;
import io.quarkiverse.posthog.capture.DropReason;
import io.quarkiverse.posthog.runtime.capture.event.QueuedEvent;
import io.quarkiverse.posthog.runtime.capture.log.CaptureLogger;
import io.quarkiverse.posthog.runtime.capture.report.DeliveryCallback;
import io.quarkiverse.posthog.runtime.capture.wire.Batch;

/**
 * Passes the outcome of events on to another callback, and then the number of completed events to a counter. A failure of
 * the callback is logged and does not affect the count.
 */
final class CountingDeliveryCallback implements DeliveryCallback {

    private final DeliveryCallback callback;
    private final CaptureLogger log;
    private final LongConsumer counter;

    /** @param counter is called with the number of delivered or dropped events */
    CountingDeliveryCallback(DeliveryCallback callback, CaptureLogger log, LongConsumer counter) {
        this.callback = callback;
        this.log = log;
        this.counter = counter;
    }

    @Override
    public void delivered(List<QueuedEvent> events) {
        completed(events.size(), () -> callback.delivered(events));
    }

    @Override
    public void dropped(List<QueuedEvent> events, DropReason reason, String detail) {
        completed(events.size(), () -> callback.dropped(events, reason, detail));
    }

    @Override
    public void dropped(long count, DropReason reason, String detail) {
        completed(count, () -> callback.dropped(count, reason, detail));
    }

    @Override
    public void attempted(Batch batch, String failure, Supplier<DeliveryAttempt> details) {
        callback.attempted(batch, failure, details);
    }

    private void completed(long count, Runnable notification) {
        try {
            notification.run();
        } catch (Throwable e) {
            log.failed("could not notify listeners; delivery goes on", e);
        }
        counter.accept(count);
    }
}
