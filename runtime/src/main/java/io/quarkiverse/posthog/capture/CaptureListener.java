package io.quarkiverse.posthog.capture;

/**
 * Receives notifications about the outcome of captured events.
 * <p>
 * All CDI beans of this type are called. A bean with the qualifier {@code @PostHogAccount("work")} is called for this
 * account only, a bean without a qualifier for all accounts. Methods can be called on an event loop, so they must not block.
 * Exceptions are logged and have no further effect.
 * <p>
 * A listener can capture events. Listeners are not called for these events.
 */
public interface CaptureListener {

    /** Called when PostHog has acknowledged an event. */
    default void onDelivered(DeliveredEvent event) {
    }

    /**
     * Called when an event was dropped. Not called for events that were dropped intentionally, with {@link
     * DropReason#OPTED_OUT}, {@link DropReason#SAMPLED_OUT} or {@link DropReason#BEFORE_SEND}, and for events that the
     * overflow policy {@code reject} returns to the caller.
     */
    default void onDropped(DroppedEvent event) {
    }

    /** Called when a capture request has completed or failed. */
    default void onAttempt(DeliveryAttempt attempt) {
    }
}
