package io.quarkiverse.posthog.runtime.metrics;

import jakarta.inject.Inject;

import io.micrometer.core.instrument.MeterRegistry;

/** Creates metrics with Micrometer. */
// No scope: a bean only if Micrometer is present
public class MicrometerAccountMetricsFactory implements AccountMetricsFactory {

    private final MeterRegistry registry;

    @Inject
    public MicrometerAccountMetricsFactory(MeterRegistry registry) {
        this.registry = registry;
    }

    @Override
    public AccountMetrics of(String account) {
        return new MicrometerAccountMetrics(registry, account);
    }
}
