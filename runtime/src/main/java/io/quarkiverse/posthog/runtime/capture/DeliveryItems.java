package io.quarkiverse.posthog.runtime.capture;

import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import io.quarkiverse.posthog.capture.DropReason;
import io.quarkiverse.posthog.capture.EventDelivery;
import io.quarkiverse.posthog.runtime.capture.event.EventPreprocessor;
import io.quarkiverse.posthog.runtime.capture.event.PreprocessingResult;
import io.quarkiverse.posthog.runtime.capture.event.PreprocessingResult.Discarded;
import io.quarkiverse.posthog.runtime.capture.event.QueuedEvent;
import io.quarkiverse.posthog.runtime.capture.log.CaptureLogger;

/** Reports the outcome of each event of a stream to its {@link EventDelivery}. */
final class DeliveryItems implements StreamItems<EventDelivery> {

    private final EventPreprocessor preprocessor;
    private final CaptureLogger log;
    /** By identity: an event that is delivered twice has the same UUID, and its own outcome each time. */
    private final Map<QueuedEvent, EventDelivery> pending = Collections.synchronizedMap(new IdentityHashMap<>());

    DeliveryItems(EventPreprocessor preprocessor, CaptureLogger log) {
        this.preprocessor = preprocessor;
        this.log = log;
    }

    @Override
    public PreprocessingResult process(EventDelivery item) {
        try {
            PreprocessingResult result = preprocessor.complete(item.event(), item.isFromListener());
            if (result instanceof QueuedEvent event) {
                pending.put(event, item);
            }
            return result;
        } catch (IllegalArgumentException e) {
            return new Discarded(null, DropReason.INVALID, e.getMessage());
        } catch (Throwable e) {
            log.failed("could not read an event to deliver", e);
            return new Discarded(null, DropReason.ENCODING_FAILED, e.toString());
        }
    }

    @Override
    public void discarded(EventDelivery item, Discarded event) {
        report(() -> item.dropped(event.reason(), Optional.ofNullable(event.detail())));
    }

    @Override
    public boolean isKept() {
        return true;
    }

    @Override
    public void delivered(List<QueuedEvent> events) {
        for (QueuedEvent event : events) {
            EventDelivery item = pending.remove(event);
            report(() -> item.delivered());
        }
    }

    @Override
    public void dropped(List<QueuedEvent> events, DropReason reason, String detail) {
        for (QueuedEvent event : events) {
            EventDelivery item = pending.remove(event);
            // Closing does not reject an event: it has to be delivered again
            if (reason != DropReason.CLOSED) {
                report(() -> item.dropped(reason, Optional.ofNullable(detail)));
            }
        }
    }

    private void report(Runnable outcome) {
        try {
            outcome.run();
        } catch (Throwable e) {
            log.failed("could not report the outcome of an event, which may be delivered again", e);
        }
    }
}
