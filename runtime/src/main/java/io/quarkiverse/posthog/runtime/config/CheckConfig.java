package io.quarkiverse.posthog.runtime.config;

import java.time.Duration;

import io.quarkus.runtime.annotations.ConfigGroup;
import io.smallrye.config.WithDefault;

/** Checks of the account. */
@ConfigGroup
public interface CheckConfig {

    /**
     * Whether to check the account in the background after startup in dev mode, and to log the problems. Accounts that use the
     * emulator are not checked, and no account is checked in production and in tests.
     */
    @WithDefault("true")
    boolean onStartup();

    /**
     * The maximum time that a check waits for PostHog.
     */
    @WithDefault("10s")
    Duration timeout();
}
