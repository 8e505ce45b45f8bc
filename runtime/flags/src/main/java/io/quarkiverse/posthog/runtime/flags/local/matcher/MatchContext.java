package io.quarkiverse.posthog.runtime.flags.local.matcher;

import java.time.InstantSource;
import java.time.ZoneId;

/** The evaluation that a comparison is part of. Its time stays the same during the whole evaluation. */
public interface MatchContext extends InstantSource {

    /**
     * Takes the steps of a search from the steps that one evaluation may take.
     *
     * @return false if not enough steps are left
     */
    boolean affords(long steps);

    /** Returns the time zone of the project; {@code null} if it is unknown, because flag definitions do not contain it. */
    ZoneId zone();
}
