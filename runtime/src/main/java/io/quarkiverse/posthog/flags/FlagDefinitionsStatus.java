package io.quarkiverse.posthog.flags;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * How the definitions of feature flags stand, with which flags are evaluated in this process.
 *
 * @param enabled whether flags are evaluated in this process at all; see the configuration
 *        {@code flags.local-evaluation}
 * @param loaded whether there are definitions to evaluate with
 * @param flags how many flags they have
 * @param origin where they come from; empty when there are none
 * @param confirmedAt when PostHog last said that they are current; empty when there are none
 * @param lastFailure what the last attempt to load them failed with; empty when it succeeded, or there was none yet
 */
public record FlagDefinitionsStatus(boolean enabled, boolean loaded, int flags, Optional<Origin> origin,
        Optional<Instant> confirmedAt, Optional<String> lastFailure) {

    /** Where definitions come from. */
    public enum Origin {

        /** From PostHog. */
        POSTHOG,

        /** From a {@link FlagDefinitionProvider}, or from Redis. */
        PROVIDER,

        /** From the copy on disk that an earlier run left. */
        DISK
    }

    /** How old they are at the given time; empty when there are none. */
    public Optional<Duration> age(Instant now) {
        return confirmedAt.map(time -> Duration.between(time, now));
    }
}
