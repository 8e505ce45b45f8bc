package io.quarkiverse.posthog.runtime.capture.event;

import io.quarkiverse.posthog.CaptureEvent;
import io.quarkiverse.posthog.capture.CaptureListener;
import io.quarkiverse.posthog.capture.DropReason;

/** A listener for dev mode that is also notified of accepted and intentionally dropped events. */
public interface DevModeCaptureListener extends CaptureListener {

    /**
     * An event was accepted. It may have been delivered already.
     *
     * @param size about how many bytes it takes
     */
    void accepted(String account, CaptureEvent event, int size);

    /**
     * An event was not accepted because the application requested it, or because the queue is full, which the caller expects.
     */
    void discarded(String account, CaptureEvent event, DropReason reason);
}
