package io.quarkiverse.posthog.runtime.dev;

import java.time.Instant;

import io.quarkiverse.posthog.CaptureEvent;
import io.quarkiverse.posthog.capture.DeliveryAttempt;

/**
 * A captured event with its state.
 *
 * @param id the UUID of the event, or a generated one if it has none
 * @param change the number of its last change, which increases with each change of any event
 * @param size the approximate size in bytes
 * @param seen the time when it was captured
 * @param state the state
 * @param reason the reason why it was dropped; null if it was not dropped
 * @param detail the failure; null if there was none
 * @param attempt the last request that contained it; null if there was none
 */
record RecentEvent(String id, long change, String account, CaptureEvent event, int size, Instant seen, State state,
        String reason, String detail, DeliveryAttempt attempt) {

    /** The state of an event. */
    enum State {

        /** The event is in the queue, or is being sent for the first time. */
        QUEUED,

        /** A request failed, and will be retried. */
        RETRYING,

        /** PostHog has acknowledged the event. */
        DELIVERED,

        /** The event was dropped. */
        DROPPED;

        boolean isFinal() {
            return this == DELIVERED || this == DROPPED;
        }
    }

    RecentEvent now(long change, State state, String reason, String detail) {
        return new RecentEvent(id, change, account, event, size, seen, state, reason, detail, attempt);
    }

    RecentEvent sent(long change, DeliveryAttempt attempt) {
        State next = state.isFinal() ? state : attempt.failure().isPresent() ? State.RETRYING : state;
        return new RecentEvent(id, change, account, event, size, seen, next, reason,
                attempt.failure().orElse(next == State.RETRYING ? detail : null), attempt);
    }
}
