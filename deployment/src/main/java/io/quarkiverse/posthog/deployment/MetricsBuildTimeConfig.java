package io.quarkiverse.posthog.deployment;

import io.quarkus.runtime.annotations.ConfigPhase;
import io.quarkus.runtime.annotations.ConfigRoot;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** The metrics of PostHog accounts. */
@ConfigMapping(prefix = "quarkus.posthog.metrics")
@ConfigRoot(phase = ConfigPhase.BUILD_TIME)
public interface MetricsBuildTimeConfig {

    /**
     * Whether to register metrics of PostHog accounts, if the application uses Micrometer.
     */
    @WithDefault("true")
    boolean enabled();
}
