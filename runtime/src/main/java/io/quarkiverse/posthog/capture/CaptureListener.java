package io.quarkiverse.posthog.capture;

/**
 * Is told what becomes of captured events.
 * <p>
 * Every CDI bean of this type is called; one with the qualifier {@code @PostHogAccount("work")} for that account only, one
 * without a qualifier for all accounts. It is called on the thread that found out, which may be an event loop, so it must
 * not block. What it throws is logged and changes nothing.
 * <p>
 * A listener may capture events itself. Listeners are not called for these.
 */
public interface CaptureListener {

    /** PostHog has acknowledged an event. */
    default void delivered(DeliveredEvent event) {
    }

    /**
     * An event will not reach PostHog. Called for every reason but {@link DropReason#OPTED_OUT},
     * {@link DropReason#SAMPLED_OUT} and {@link DropReason#BEFORE_SEND}, where dropping it was the wish, and but for what the
     * overflow policy {@code reject} leaves to the caller.
     */
    default void dropped(DroppedEvent event) {
    }

    /** A request with events was answered, or failed. */
    default void attempted(CaptureAttempt attempt) {
    }
}
