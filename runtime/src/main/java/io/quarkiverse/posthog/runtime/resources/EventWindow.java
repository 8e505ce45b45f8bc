package io.quarkiverse.posthog.runtime.resources;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Function;

import io.quarkiverse.posthog.events.Event;

/**
 * The time window of a request for events.
 *
 * @param after the exclusive lower bound; null for none
 * @param before the exclusive upper bound; null for none
 */
record EventWindow(Instant after, Instant before) {

    static final String LIKELY_CAUSE = "The likely cause is the time zone of the PostHog project: some versions of PostHog "
            + "return local times of the project marked as UTC. Set the time zone of the project to UTC, update PostHog, or "
            + "read the events with a HogQL query";

    /** The tolerance of the window, because servers can truncate timestamps and bounds to milliseconds. */
    static final Duration MILLISECOND = Duration.ofMillis(1);

    /** Fails if an event is outside the window. Events without a timestamp are ignored. */
    void check(List<Event> events, Function<String, ? extends RuntimeException> invalidResponse) {
        for (Event event : events) {
            if (event.timestamp() != null && !admits(event.timestamp())) {
                throw invalidResponse.apply("PostHog returned event " + event.id() + " with the timestamp " + event.timestamp()
                        + ", which is outside the requested window (" + this + "). " + LIKELY_CAUSE);
            }
        }
    }

    private boolean admits(Instant timestamp) {
        return (after == null || timestamp.isAfter(after.minus(MILLISECOND)))
                && (before == null || timestamp.isBefore(before.plus(MILLISECOND)));
    }

    @Override
    public String toString() {
        return "after " + (after == null ? "any time" : after) + " and before " + (before == null ? "any time" : before);
    }
}
