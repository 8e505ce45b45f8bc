package io.quarkiverse.posthog.deployment;

import io.quarkus.runtime.annotations.ConfigPhase;
import io.quarkus.runtime.annotations.ConfigRoot;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** Whether there are metrics of PostHog. */
@ConfigMapping(prefix = "quarkus.posthog.metrics")
@ConfigRoot(phase = ConfigPhase.BUILD_TIME)
public interface MetricsBuildTimeConfig {

    /**
     * Whether there are metrics of PostHog, where the application has Micrometer.
     */
    @WithDefault("true")
    boolean enabled();
}
