package io.quarkiverse.posthog.runtime.flags.local.matcher;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneRules;

/** Converts between times on the wall clock of the project and instants. */
final class ProjectTime {

    private ProjectTime() {
    }

    /**
     * Returns the instant of a wall clock time: the earlier one if the time occurs twice.
     *
     * @return {@code null} if the time does not occur, because it is in a gap
     */
    static Instant instant(LocalDateTime wallClock, ZoneRules rules) {
        if (rules.isFixedOffset()) {
            return wallClock.toInstant(rules.getOffset(Instant.EPOCH));
        }
        ZoneOffsetTransition transition = rules.getTransition(wallClock);
        if (transition != null && transition.isGap()) {
            return null;
        }
        return wallClock.toInstant(transition == null ? rules.getOffset(wallClock) : transition.getOffsetBefore());
    }

    static LocalDateTime wallClock(Instant instant, ZoneRules rules) {
        ZoneOffset offset = rules.getOffset(instant);
        return LocalDateTime.ofEpochSecond(instant.getEpochSecond(), instant.getNano(), offset);
    }
}
