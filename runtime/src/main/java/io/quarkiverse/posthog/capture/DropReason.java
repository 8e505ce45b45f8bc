package io.quarkiverse.posthog.capture;

/** Why an event does not reach PostHog. */
public enum DropReason {

    /** A blank name, an alias or group without its ids, or a property that can't be written as JSON. */
    INVALID,
    /** Capturing is switched off: by {@code capture.enabled}, or by {@code PostHog.optOut()}. */
    OPTED_OUT,
    /** The account has no project token. */
    NO_PROJECT_KEY,
    /** Not part of the sample that {@code capture.sampling.*} keeps. */
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
    /** The queue was full, and {@code capture.queue.overflow} says to drop this event. */
    QUEUE_FULL,
    /** Larger than {@code capture.max-event-size}, or too large for PostHog on its own (status 413). */
    TOO_LARGE,
    /** PostHog refused it, and would refuse it again. */
    REFUSED,
    /** PostHog could not take it, and {@code capture.retry.max-retries} is spent. */
    RETRIES_EXHAUSTED,
    /** Older than {@code capture.spool.max-age}. */
    EXPIRED,
    /** The spool could not be written or read. */
    SPOOL_FAILED,
    /** The account was closed before PostHog had it, or before it was captured; or the stream it belongs to was cancelled. */
    CLOSED,
    /** The event could not be assembled or encoded, because of a defect that is logged. Other events are not affected. */
    FAILED
}
