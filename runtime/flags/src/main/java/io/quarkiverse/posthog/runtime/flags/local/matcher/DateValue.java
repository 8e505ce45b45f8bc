package io.quarkiverse.posthog.runtime.flags.local.matcher;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.zone.ZoneRules;

/** A date of a filter or a property. */
sealed interface DateValue {

    /**
     * Returns the instant in a time zone.
     *
     * @param now the time of the evaluation
     * @return {@code null} if the time does not exist in this time zone
     */
    Instant in(ZoneRules zone, Instant now);

    /** Returns the second to which the instants in all time zones are close. */
    long approximately(Instant now);

    /** Returns the maximum difference in seconds between the instant in a time zone and {@link #approximately}. */
    long deviation();

    /** A time that does not depend on the time zone. */
    record Exact(Instant instant) implements DateValue {

        @Override
        public Instant in(ZoneRules zone, Instant now) {
            return instant;
        }

        @Override
        public long approximately(Instant now) {
            return instant.getEpochSecond();
        }

        @Override
        public long deviation() {
            return 1;
        }
    }

    /** A time on the wall clock of the project. */
    record WallClock(LocalDateTime time) implements DateValue {

        /** Time zones differ from UTC by at most 14 hours, and by up to 16 hours in the 19th century. */
        private static final long DEVIATION = 17 * 3_600;

        @Override
        public Instant in(ZoneRules zone, Instant now) {
            return ProjectTime.instant(time, zone);
        }

        @Override
        public long approximately(Instant now) {
            return time.toEpochSecond(ZoneOffset.UTC);
        }

        @Override
        public long deviation() {
            return DEVIATION;
        }
    }

    /** A time before now, on the wall clock of the project. */
    record Relative(RelativeDate date) implements DateValue {

        /** Offsets change by up to 26 hours, and calendar days differ by up to 4 at the end of a month. */
        private static final long DEVIATION = 6 * 86_400;

        @Override
        public Instant in(ZoneRules zone, Instant now) {
            return ProjectTime.instant(date.before(ProjectTime.wallClock(now, zone)), zone);
        }

        @Override
        public long approximately(Instant now) {
            return date.before(LocalDateTime.ofInstant(now, ZoneOffset.UTC)).toEpochSecond(ZoneOffset.UTC);
        }

        @Override
        public long deviation() {
            return DEVIATION;
        }
    }
}
