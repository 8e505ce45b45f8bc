package io.quarkiverse.posthog.runtime.capture.delivery;

import java.time.Duration;
import java.time.Instant;

/**
 * The end of the last attempts of a batcher.
 *
 * @param reserved the time before the deadline that is left for an attempt if PostHog requests a longer pause
 */
record DrainDeadline(Instant deadline, Duration reserved) {

    /** A pause before the deadline is not shortened further. */
    private static final Duration MIN_PAUSE = Duration.ofMillis(50);

    /**
     * Shortens a pause that leaves no time for an attempt: to half of the remaining time, so that the attempts come closer to
     * the deadline; a pause that PostHog requested is shortened as little as possible.
     */
    Duration shorten(Duration pause, boolean requested, Instant now) {
        Duration remaining = Duration.between(now, deadline);
        Duration longest = remaining.minus(reserved);
        if (pause.compareTo(longest) <= 0) {
            return pause;
        }
        Duration shorter = requested ? longest : remaining.dividedBy(2);
        return shorter.compareTo(MIN_PAUSE) < 0 ? pause : shorter;
    }
}
