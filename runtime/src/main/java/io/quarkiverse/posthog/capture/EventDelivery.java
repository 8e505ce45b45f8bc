package io.quarkiverse.posthog.capture;

import java.util.Optional;

import io.quarkiverse.posthog.CaptureEvent;

/**
 * An event to deliver, and the receiver of its outcome. Either {@link #delivered} or {@link #dropped} is called, once. Neither
 * is called if the account is closed or the stream is canceled first: the event then has to be delivered again.
 * <p>
 * Methods can be called on an event loop, so they must not block. Exceptions of {@link #delivered} and {@link #dropped} are
 * logged and have no further effect.
 */
public interface EventDelivery {

    /**
     * Returns the event. Called once.
     *
     * @throws IllegalArgumentException if there is no valid event, with the reason. It is then dropped with
     *         {@link DropReason#INVALID}
     */
    CaptureEvent event();

    /** Returns whether a {@link CaptureListener} captured the event. Listeners are not called for such an event. */
    default boolean isFromListener() {
        return false;
    }

    /** PostHog has acknowledged the event. */
    void delivered();

    /**
     * The event was rejected permanently, and must not be delivered again.
     *
     * @param detail the message of PostHog or of the extension; may be empty
     */
    void dropped(DropReason reason, Optional<String> detail);
}
