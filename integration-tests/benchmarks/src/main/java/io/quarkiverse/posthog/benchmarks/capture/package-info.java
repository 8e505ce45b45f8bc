/**
 * Compares capturing with this extension and with PostHog's own SDK. {@code CaptureComparison} is the entry point. Each
 * {@code ClientRun} is a measurement in its own process.
 */
package io.quarkiverse.posthog.benchmarks.capture;
