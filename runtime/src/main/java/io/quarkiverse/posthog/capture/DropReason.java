package io.quarkiverse.posthog.capture;

/** The reason why an event was dropped. */
public enum DropReason {

    /** The name or the distinct ID is blank, an alias or group has no ID, or a property cannot be converted to JSON. */
    INVALID,
    /** Capturing is disabled by {@code capture.enabled} or {@code PostHog.optOut()}. */
    OPTED_OUT,
    /** The account has no project token. */
    NO_PROJECT_API_KEY,
    /** The event is not part of the sample ({@code capture.sampling.*}). */
    SAMPLED_OUT,
    /** A {@link BeforeSend} returned null. */
    BEFORE_SEND,
    /** A {@link BeforeSend} threw an exception. */
    BEFORE_SEND_FAILED,
    /**
     * Captured in a {@link BeforeSend} while it was called for an event that was itself captured in a {@link BeforeSend}.
     * Logged once per account.
     */
    NESTED,
    /** The queue was full, and the event was dropped according to {@code capture.queue.overflow}. */
    QUEUE_FULL,
    /** The event is larger than {@code capture.max-event-size}, or PostHog rejected it as too large (status 413). */
    TOO_LARGE,
    /** PostHog rejected the event permanently. */
    REJECTED,
    /** All retries ({@code capture.retry.max-retries}) failed. */
    RETRIES_EXHAUSTED,
    /** The event is older than {@code capture.spool.max-age}. */
    EXPIRED,
    /** The spool could not be written or read. */
    SPOOL_FAILED,
    /** The account was closed before the event was delivered or captured, or the stream of the event was canceled. */
    CLOSED,
    /** The event could not be built or encoded because of a defect, which is logged. Other events are not affected. */
    ENCODING_FAILED;

    /**
     * Returns whether the application drops such events on purpose. They are counted, but not logged, and listeners are not
     * notified.
     */
    public boolean isIntentional() {
        return this == OPTED_OUT || this == SAMPLED_OUT || this == BEFORE_SEND;
    }
}
