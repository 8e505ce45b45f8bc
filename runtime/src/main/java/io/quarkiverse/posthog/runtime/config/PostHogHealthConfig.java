package io.quarkiverse.posthog.runtime.config;

import java.time.Duration;
import java.util.Set;

import io.quarkus.runtime.annotations.ConfigPhase;
import io.quarkus.runtime.annotations.ConfigRoot;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** What PostHog means for the readiness of the application. */
@ConfigMapping(prefix = "quarkus.posthog.health")
@ConfigRoot(phase = ConfigPhase.RUN_TIME)
public interface PostHogHealthConfig {

    /**
     * What makes the application unready. Everything else is only told: events can wait, and an application that is fine is
     * not to be taken down by its analytics.
     */
    @WithDefault("definitions,keys")
    Set<Trouble> unreadyBy();

    /**
     * Whether PostHog is asked if it knows the keys of each account in use. Otherwise readiness asks nothing of PostHog.
     * Keys that can't be verified, since PostHog does not answer, are no trouble.
     */
    @WithDefault("false")
    boolean verifyKeys();

    /** How long keys are as good or bad as PostHog said, before it is asked again. */
    @WithDefault("1H")
    Duration verifyKeysInterval();

    /** What can be wrong with an account. */
    enum Trouble {

        /** There are no definitions to evaluate flags with, although `flags.local-evaluation` is on. */
        DEFINITIONS,

        /** The last request with events failed. */
        DELIVERY,

        /** PostHog does not know a key of the account, where {@code verify-keys} is on. */
        KEYS,

        /** The queue is nine tenths full. */
        QUEUE
    }
}
