package io.quarkiverse.posthog.runtime.capture.event;

import io.quarkiverse.posthog.CaptureEvent;
import io.quarkiverse.posthog.capture.DropReason;

/** The result of preprocessing an event: an event to send, or a discarded event. */
public sealed interface PreprocessingResult permits QueuedEvent, PreprocessingResult.Discarded {

    /**
     * An event that is not sent.
     *
     * @param event the event, which may be incomplete
     * @param detail the details of the reason; null if the application requested it
     */
    record Discarded(CaptureEvent event, DropReason reason, String detail) implements PreprocessingResult {
    }
}
