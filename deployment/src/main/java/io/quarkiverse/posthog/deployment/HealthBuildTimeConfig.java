package io.quarkiverse.posthog.deployment;

import io.quarkus.runtime.annotations.ConfigPhase;
import io.quarkus.runtime.annotations.ConfigRoot;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** Whether health knows of PostHog. */
@ConfigMapping(prefix = "quarkus.posthog.health")
@ConfigRoot(phase = ConfigPhase.BUILD_TIME)
public interface HealthBuildTimeConfig {

    /**
     * Whether the readiness of the application has a check of PostHog, where the application has health checks.
     */
    @WithDefault("true")
    boolean enabled();
}
