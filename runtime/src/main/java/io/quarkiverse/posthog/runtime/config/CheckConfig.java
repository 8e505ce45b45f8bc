package io.quarkiverse.posthog.runtime.config;

import java.time.Duration;

import io.quarkus.runtime.annotations.ConfigGroup;
import io.smallrye.config.WithDefault;

/** Checking whether the account works. */
@ConfigGroup
public interface CheckConfig {

    /**
     * Whether to check the account when the application has started in dev mode, in the background, and to log what is wrong.
     * An account that is emulated is not checked, nor is any in production and in tests.
     */
    @WithDefault("true")
    boolean onStart();

    /**
     * How long a check waits for PostHog.
     */
    @WithDefault("10s")
    Duration timeout();
}
