package io.quarkiverse.posthog.deployment;

import java.util.Optional;

import io.quarkus.arc.deployment.AdditionalBeanBuildItem;
import io.quarkus.arc.deployment.ExcludedTypeBuildItem;
import io.quarkus.arc.deployment.OpenTelemetrySdkBuildItem;
import io.quarkus.deployment.Capabilities;
import io.quarkus.deployment.Capability;
import io.quarkus.deployment.annotations.BuildProducer;
import io.quarkus.deployment.annotations.BuildStep;
import io.quarkus.deployment.metrics.MetricsCapabilityBuildItem;
import io.quarkus.runtime.metrics.MetricsFactory;
import io.quarkus.smallrye.health.deployment.spi.HealthBuildItem;

/** Registers the health check, metrics and tracing, if the application has the corresponding extensions. */
class ObservabilityProcessor {

    private static final String READINESS = "io.quarkiverse.posthog.runtime.health.PostHogReadinessCheck";

    @BuildStep
    void health(Capabilities capabilities, HealthBuildTimeConfig config, BuildProducer<HealthBuildItem> checks,
            BuildProducer<ExcludedTypeBuildItem> excluded) {
        if (capabilities.isPresent(Capability.SMALLRYE_HEALTH)) {
            checks.produce(new HealthBuildItem(READINESS, config.enabled()));
            if (!config.enabled()) {
                // Otherwise, its annotation would register it as a bean
                excluded.produce(new ExcludedTypeBuildItem(READINESS));
            }
        }
    }

    @BuildStep
    void metrics(Optional<MetricsCapabilityBuildItem> metrics, MetricsBuildTimeConfig config,
            BuildProducer<AdditionalBeanBuildItem> beans) {
        if (config.enabled() && metrics.isPresent() && metrics.get().metricsSupported(MetricsFactory.MICROMETER)) {
            beans.produce(ConditionalBeans.bean("metrics.MicrometerAccountMetricsFactory"));
        }
    }

    @BuildStep
    void tracing(Optional<OpenTelemetrySdkBuildItem> openTelemetry, BuildProducer<AdditionalBeanBuildItem> beans) {
        if (openTelemetry.map(OpenTelemetrySdkBuildItem::isTracingBuildTimeEnabled).orElse(false)) {
            beans.produce(ConditionalBeans.bean("tracing.OpenTelemetryTraceIdProvider"));
            beans.produce(ConditionalBeans.bean("tracing.OpenTelemetryUrlMask"));
        }
    }
}
