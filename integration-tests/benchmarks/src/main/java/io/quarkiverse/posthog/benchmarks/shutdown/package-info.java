/**
 * Measures the shutdown of an application while PostHog fails. {@code ShutdownMeasurement} is the entry point, and {@code
 * ShutdownCase} lists the failures.
 */
package io.quarkiverse.posthog.benchmarks.shutdown;
