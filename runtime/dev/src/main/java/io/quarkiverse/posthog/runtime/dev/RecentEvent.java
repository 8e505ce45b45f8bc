package io.quarkiverse.posthog.runtime.dev;

import java.time.Instant;

import io.quarkiverse.posthog.CaptureEvent;
import io.quarkiverse.posthog.capture.CaptureAttempt;

/**
 * A captured event with its state.
 *
 * @param id its uuid, or another one where it has none
 * @param change grows with each change of any event
 * @param size about how many bytes it takes
 * @param seen when it was captured
 * @param state what has become of it
 * @param reason why it was dropped; null unless it was
 * @param detail what went wrong; null if nothing did
 * @param attempt the last request that carried it; null when there was none
 */
record RecentEvent(String id, long change, String account, CaptureEvent event, int size, Instant seen, State state,
        String reason, String detail, CaptureAttempt attempt) {

    /** What has become of an event. */
    enum State {

        /** It waits, or is on its way. */
        QUEUED,

        /** PostHog could not take it; it waits to be sent again. */
        RETRYING,

        /** PostHog has acknowledged it. */
        DELIVERED,

        /** It will not reach PostHog. */
        DROPPED;

        boolean isFinal() {
            return this == DELIVERED || this == DROPPED;
        }
    }

    RecentEvent now(long change, State state, String reason, String detail) {
        return new RecentEvent(id, change, account, event, size, seen, state, reason, detail, attempt);
    }

    RecentEvent sent(long change, CaptureAttempt attempt) {
        State next = state.isFinal() ? state : attempt.failure().isPresent() ? State.RETRYING : state;
        return new RecentEvent(id, change, account, event, size, seen, next, reason,
                attempt.failure().orElse(next == State.RETRYING ? detail : null), attempt);
    }
}
