package io.quarkiverse.posthog.runtime.flags.local.matcher;

import java.time.Instant;
import java.time.ZoneId;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneRules;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.TreeSet;

/** The rules of all time zones that a project can have. */
final class TimeZones {

    /** The number of steps that a comparison in all time zones takes. */
    static final long STEPS = 15_000;

    private static final ZoneRules[] ALL = all();

    /** The years whose gaps are listed. Outside of them, each time may be in a gap. */
    private static final Instant FIRST_LISTED = Instant.parse("1970-01-01T00:00:00Z");
    private static final Instant LAST_LISTED = Instant.parse("2100-01-01T00:00:00Z");
    private static final long[] GAPS = gaps();

    private TimeZones() {
    }

    static ZoneRules[] rules() {
        return ALL;
    }

    /** Returns whether clocks may be put forward between two times, in any time zone. */
    static boolean mayHaveGap(long fromSecond, long toSecond) {
        if (fromSecond < FIRST_LISTED.getEpochSecond() || toSecond >= LAST_LISTED.getEpochSecond()) {
            return true;
        }
        int index = Arrays.binarySearch(GAPS, fromSecond);
        int next = index < 0 ? -index - 1 : index;
        return next < GAPS.length && GAPS[next] <= toSecond;
    }

    private static ZoneRules[] all() {
        Set<ZoneRules> rules = new LinkedHashSet<>();
        rules.add(ZoneId.of("UTC").getRules());
        ZoneId.getAvailableZoneIds().stream().sorted().forEach(id -> rules.add(ZoneId.of(id).getRules()));
        return rules.toArray(ZoneRules[]::new);
    }

    private static long[] gaps() {
        Set<Long> seconds = new TreeSet<>();
        for (ZoneRules rules : ALL) {
            ZoneOffsetTransition transition = rules.nextTransition(FIRST_LISTED);
            while (transition != null && transition.getInstant().isBefore(LAST_LISTED)) {
                if (transition.isGap()) {
                    seconds.add(transition.toEpochSecond());
                }
                transition = rules.nextTransition(transition.getInstant());
            }
        }
        return seconds.stream().mapToLong(Long::longValue).toArray();
    }
}
