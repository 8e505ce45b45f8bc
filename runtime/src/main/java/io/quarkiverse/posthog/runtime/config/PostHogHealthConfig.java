package io.quarkiverse.posthog.runtime.config;

import java.time.Duration;
import java.util.Set;

import io.quarkus.runtime.annotations.ConfigPhase;
import io.quarkus.runtime.annotations.ConfigRoot;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** The readiness check of PostHog accounts. */
@ConfigMapping(prefix = "quarkus.posthog.health")
@ConfigRoot(phase = ConfigPhase.RUN_TIME)
public interface PostHogHealthConfig {

    /**
     * The conditions that make the readiness check fail. All other problems are only reported in the data of the check,
     * so that a problem with analytics does not take down a working application.
     */
    @WithDefault("definitions,keys")
    Set<ReadinessCondition> failOn();

    /**
     * Whether to verify the keys of each account in use with PostHog. If set to false, the check
     * sends no requests. If PostHog does not respond, the keys do not affect readiness.
     */
    @WithDefault("false")
    boolean verifyKeys();

    /**
     * The time for which the result of a key verification is cached.
     */
    @WithDefault("1H")
    Duration verifyKeysInterval();

    /** A condition that can make the readiness check fail. */
    enum ReadinessCondition {

        /** Flag definitions are not loaded, although `flags.local-evaluation` is enabled. */
        DEFINITIONS,

        /** The last capture request failed. */
        DELIVERY,

        /** PostHog does not recognize a key of the account; requires {@code verify-keys}. */
        KEYS,

        /** The queue is 90 percent full. */
        QUEUE
    }
}
