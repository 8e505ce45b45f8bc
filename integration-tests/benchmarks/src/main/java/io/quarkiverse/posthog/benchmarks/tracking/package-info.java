/** Measures capturing typed events. */
package io.quarkiverse.posthog.benchmarks.tracking;
