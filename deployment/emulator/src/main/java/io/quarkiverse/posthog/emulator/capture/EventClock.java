package io.quarkiverse.posthog.emulator.capture;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/**
 * Turns times of a client into times of the server.
 *
 * @param skew what to add to a time of the client, whose clock may be wrong
 */
public record EventClock(Instant now, Duration skew) {

    private static final Instant EARLIEST = Instant.parse("1900-01-01T00:00:00Z");
    private static final Instant LATEST = Instant.parse("2300-01-01T00:00:00Z");
    private static final Duration TOO_FAR_AHEAD = Duration.ofHours(23);

    /** @param sentAt when the client sent the request by its own clock, which reveals how wrong that is */
    public static EventClock of(Instant now, Optional<Instant> sentAt) {
        return new EventClock(now,
                sentAt.filter(EventClock::isStorable).map(sent -> Duration.between(sent, now)).orElse(Duration.ZERO));
    }

    public Instant corrected(Instant given) {
        return isStorable(given) ? given.plus(skew) : given;
    }

    /** What is too far in the future happened now. */
    public Instant notAhead(Instant time) {
        return Duration.between(now, storable(time)).compareTo(TOO_FAR_AHEAD) > 0 ? now : storable(time);
    }

    /** What the events table cannot hold happened now. */
    public Instant storable(Instant time) {
        return (isStorable(time) ? time : now).truncatedTo(ChronoUnit.MICROS);
    }

    private static boolean isStorable(Instant time) {
        return !time.isBefore(EARLIEST) && time.isBefore(LATEST);
    }
}
