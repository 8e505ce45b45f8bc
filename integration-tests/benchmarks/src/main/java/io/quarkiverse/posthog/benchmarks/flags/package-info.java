/**
 * Compares local flag evaluation with this extension and with PostHog's own SDK. {@code FlagComparison} is the entry point,
 * and {@code FlagBenchmark} measures with JMH.
 */
package io.quarkiverse.posthog.benchmarks.flags;
