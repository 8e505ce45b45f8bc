package io.quarkiverse.posthog.runtime.capture;

import io.quarkiverse.posthog.capture.DropReason;

/** Is notified of events that a queue drops. */
interface QueueDropListener {

    void lost(QueuedEvent event, DropReason reason);

    /** Events that are only on disk. */
    void lost(long count, DropReason reason, String detail);
}
