package io.quarkiverse.posthog.runtime.config;

import io.quarkus.runtime.annotations.ConfigPhase;
import io.quarkus.runtime.annotations.ConfigRoot;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** The OpenFeature API, where the application has {@code dev.openfeature:sdk}. */
@ConfigMapping(prefix = "quarkus.posthog.openfeature")
@ConfigRoot(phase = ConfigPhase.RUN_TIME)
public interface PostHogOpenFeatureConfig {

    /**
     * Whether the accounts are registered with the OpenFeature API at the start of the application: the default
     * account as the default provider, each named one for the domain of its name.
     */
    @WithDefault("true")
    boolean enabled();
}
