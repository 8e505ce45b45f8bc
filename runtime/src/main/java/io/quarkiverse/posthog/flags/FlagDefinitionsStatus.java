package io.quarkiverse.posthog.flags;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * The status of the flag definitions used for local evaluation.
 *
 * @param enabled whether local evaluation is enabled; see {@code flags.local-evaluation}
 * @param loaded whether definitions are loaded
 * @param flagCount the number of flags
 * @param origin the origin of the definitions; empty if none are loaded
 * @param confirmedAt when PostHog last confirmed that the definitions are current; empty if none are loaded
 * @param lastFailure the failure of the last attempt to load them; empty if it succeeded, and before the first attempt
 * @param propertyMatchingVersion the version of PostHog's rules by which {@code exact} and {@code is_not} compare booleans: 1,
 *        or 2 if booleans are compared like other values; 1 if no definitions are loaded
 */
public record FlagDefinitionsStatus(boolean enabled, boolean loaded, int flagCount, Optional<Origin> origin,
        Optional<Instant> confirmedAt, Optional<String> lastFailure, int propertyMatchingVersion) {

    /** The origin of flag definitions. */
    public enum Origin {

        /** Loaded from PostHog. */
        POSTHOG,

        /** Read from a {@link FlagDefinitionCacheProvider}, or from Redis. */
        PROVIDER,

        /** Read from the copy on disk that an earlier run saved. */
        DISK
    }

    /** Returns the age of the definitions at the given time; empty if none are loaded. */
    public Optional<Duration> age(Instant now) {
        return confirmedAt.map(time -> Duration.between(time, now));
    }
}
