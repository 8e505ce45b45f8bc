package io.quarkiverse.posthog.runtime.metrics;

import jakarta.inject.Inject;

import io.micrometer.core.instrument.MeterRegistry;

/** Metrics in Micrometer. */
// No scope: it is a bean only where there is Micrometer
public class MicrometerMetrics implements PostHogMetrics {

    private final MeterRegistry registry;

    @Inject
    public MicrometerMetrics(MeterRegistry registry) {
        this.registry = registry;
    }

    @Override
    public AccountMetrics of(String account) {
        return new MicrometerAccountMetrics(registry, account);
    }
}
