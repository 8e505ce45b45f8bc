package io.quarkiverse.posthog.runtime.config;

import io.quarkus.runtime.annotations.ConfigPhase;
import io.quarkus.runtime.annotations.ConfigRoot;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** The OpenFeature provider, if the application has the dependency {@code dev.openfeature:sdk}. */
@ConfigMapping(prefix = "quarkus.posthog.openfeature")
@ConfigRoot(phase = ConfigPhase.RUN_TIME)
public interface PostHogOpenFeatureConfig {

    /**
     * Whether to register the accounts with the OpenFeature API at startup: the default account as the default provider, and
     * each named account as the provider for the domain of the same name.
     */
    @WithDefault("true")
    boolean enabled();
}
