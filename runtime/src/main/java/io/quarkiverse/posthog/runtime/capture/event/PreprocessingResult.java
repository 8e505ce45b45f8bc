package io.quarkiverse.posthog.runtime.capture.event;

import io.quarkiverse.posthog.CaptureEvent;
import io.quarkiverse.posthog.capture.DropReason;

/** The result of preprocessing an event: to be sent, or discarded. */
public sealed interface PreprocessingResult permits QueuedEvent, PreprocessingResult.Declined {

    /**
     * It is not.
     *
     * @param event the event, as far as it was put together
     * @param detail what was wrong; null where that was the wish
     */
    record Declined(CaptureEvent event, DropReason reason, String detail) implements PreprocessingResult {
    }
}
