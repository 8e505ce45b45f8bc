package io.quarkiverse.posthog.deployment;

import io.quarkus.runtime.annotations.ConfigPhase;
import io.quarkus.runtime.annotations.ConfigRoot;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** The health check of PostHog accounts. */
@ConfigMapping(prefix = "quarkus.posthog.health")
@ConfigRoot(phase = ConfigPhase.BUILD_TIME)
public interface HealthBuildTimeConfig {

    /**
     * Whether to add a readiness check for PostHog accounts, if the application uses SmallRye Health.
     */
    @WithDefault("true")
    boolean enabled();
}
