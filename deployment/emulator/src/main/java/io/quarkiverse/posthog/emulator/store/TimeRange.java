package io.quarkiverse.posthog.emulator.store;

import java.time.Instant;

/**
 * A range of timestamps.
 *
 * @param from lower end, {@link Instant#MIN} when unbounded
 * @param to upper end, {@link Instant#MAX} when unbounded
 */
public record TimeRange(Instant from, boolean fromIncluded, Instant to, boolean toIncluded) {

    public static final TimeRange ALL = new TimeRange(Instant.MIN, true, Instant.MAX, true);

    /** Both ends excluded. */
    public static TimeRange between(Instant after, Instant before) {
        return new TimeRange(after, false, before, false);
    }

    /** This range, further limited at its lower end. */
    public TimeRange from(Instant bound, boolean included) {
        int order = bound.compareTo(from);
        if (order < 0) {
            return this;
        }
        return new TimeRange(bound, order == 0 ? included && fromIncluded : included, to, toIncluded);
    }

    /** This range, further limited at its upper end. */
    public TimeRange to(Instant bound, boolean included) {
        int order = bound.compareTo(to);
        if (order > 0) {
            return this;
        }
        return new TimeRange(from, fromIncluded, bound, order == 0 ? included && toIncluded : included);
    }

    boolean isEmpty() {
        return from.compareTo(to) > 0 || from.equals(to) && !(fromIncluded && toIncluded);
    }
}
