/**
 * Compares applications with and without the extension: startup, memory and throughput. {@code CostComparison} is the entry
 * point; the applications are in {@code integration-tests/cost}.
 */
package io.quarkiverse.posthog.benchmarks.cost;
